import { log } from '@cartkin/numerics'
import type { TimeLeft } from './fit-event.ts'

/** An iteration as far as it tells how long the next ones will take. */
export interface Pace {
  readonly seconds: number
  readonly offset: number
}

/** Relative offset at which a search ends (`offsetTolerance`), if its steps do not vanish in rounding before. */
const arrival = 1e-10

/** Iterations from which the pace is taken. */
const looked = 4

/** More than this is not said: a decrease that slow need not last. */
const mostIterations = 200

/**
 * How long a search takes if its relative offset goes on falling as it did in the last four iterations; null where there are
 * fewer, or it has not fallen in each of them.
 */
export function timeLeft(paces: readonly Pace[]): TimeLeft | null {
  const last = paces.slice(-looked)
  const [first] = last
  const now = last.at(-1)
  if (last.length < looked || first === undefined || now === undefined) return null
  const falls = last.every(
    ({ offset }, k) => offset > 0 && offset < Infinity && (k === 0 || offset < (last[k - 1]?.offset ?? NaN)),
  )
  if (!falls) return null
  const rate = log(now.offset / first.offset) / (looked - 1)
  const iterations = Math.max(1, Math.ceil(log(arrival / now.offset) / rate))
  if (!(iterations <= mostIterations)) return null
  const each = last.reduce((sum, { seconds }) => sum + seconds, 0) / looked
  return {
    seconds: iterations * each,
    iterations,
    basis: `the relative offset fell from ${first.offset.toPrecision(2)} to ${now.offset.toPrecision(2)} in ${looked - 1} iterations of ${each.toPrecision(2)} s; the search ends at ${arrival}, often before`,
  }
}
