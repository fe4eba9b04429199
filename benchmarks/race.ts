import type { Matched } from './match-error.ts'
import type { Contender } from './peers/contender.ts'

/** Shortest time one sample may take, microseconds: what is quicker is repeated. Turns are short, for neighbours come and go. */
const SAMPLE = 12_000
/** Microseconds of running before the first sample. */
const WARM_UP = 300_000

export interface Timed extends Matched {
  /** CPU microseconds of one pass in each round. */
  readonly samples: readonly number[]
}

/** Times all in turn, A B C A B C …, so that each meets the same machine; `haste` divides warm-up and samples. */
export async function race(entrants: readonly Matched[], rounds: number, haste = 1): Promise<readonly Timed[]> {
  const runners: { readonly entrant: Matched; readonly repeats: number; readonly samples: number[] }[] = []
  for (const entrant of entrants) {
    const repeats = await warmUp(entrant.contender, entrant.rtol, WARM_UP / haste, SAMPLE / haste)
    runners.push({ entrant, repeats, samples: [] })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { entrant, repeats, samples } of runners) {
      samples.push(await entrant.contender.time(entrant.rtol, repeats))
    }
  }
  return runners.map(({ entrant, samples }) => ({ ...entrant, samples }))
}

/**
 * Runs a contender, ever longer, until the last run took half of `least` microseconds; how often it is to be repeated to
 * take `sample`. A run that is quicker than its clock can tell takes none and is repeated more often.
 */
export async function warmUp(contender: Contender, rtol: number, least: number, sample: number): Promise<number> {
  for (let repeats = 1; ; repeats *= 2) {
    const once = await contender.time(rtol, repeats)
    if (once * repeats >= least / 2) return Math.max(1, Math.ceil(sample / once))
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}
