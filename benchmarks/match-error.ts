import type { Contender } from './peers/contender.ts'

/** Error of a contender's values. */
export type ErrorOf = (values: Float64Array) => number

/** A contender with the loosest tolerance found at which it is as accurate as wanted. */
export interface Matched {
  readonly contender: Contender
  readonly rtol: number
  /** Error there, at most the target. */
  readonly error: number
}

const LOOSEST = 1e-1
const TIGHTEST = 1e-13

/**
 * The loosest tolerance at which the achieved error is at most `target`: the first of a sweep of half decades, then
 * halved four times towards the one before. Null when none is found, or none in `patience` milliseconds after the first
 * answer.
 */
export async function matchError(
  contender: Contender,
  target: number,
  errorOf: ErrorOf,
  patience = Number.POSITIVE_INFINITY,
): Promise<Matched | null> {
  let last = Number.POSITIVE_INFINITY
  const at = async (rtol: number) => ({ contender, rtol, error: errorOf(await contender.solve(rtol)) })
  let failing = LOOSEST * Math.sqrt(10)
  for (let rtol = LOOSEST; rtol > TIGHTEST; rtol /= Math.sqrt(10)) {
    if (performance.now() > last) return null
    const first = await at(rtol)
    // a process that has just begun is still loading before its first answer
    if (last === Number.POSITIVE_INFINITY) last = performance.now() + patience
    if (!(first.error <= target)) {
      failing = rtol
      continue
    }
    let best = first
    for (let turn = 0; turn < 4; turn++) {
      const between = await at(Math.sqrt(best.rtol * failing))
      if (between.error <= target) best = between
      else failing = between.rtol
    }
    return best
  }
  return null
}
