import type { Contender, Effort } from './peers/contender.ts'

/** Error of a contender's values. */
export type ErrorOf = (values: Float64Array) => number

/** A contender with the loosest tolerance found at which it is as accurate as wanted. */
export interface Matched {
  readonly contender: Contender
  readonly rtol: number
  /** Error there, at most the target. */
  readonly error: number
  readonly effort: Effort
}

const LOOSEST = 1e-1
const TIGHTEST = 1e-13
/** Tolerances in a decade. */
const FINE = 16
const COARSE = 2

/**
 * The loosest of 16 tolerances a decade at which the achieved error is at most `target`, from a decade above the first of
 * two a decade at which it is: errors do not fall with every tolerance, so halving an interval might miss it. Null when
 * there is none, or none in `patience` milliseconds after the first answer.
 */
export async function matchError(
  contender: Contender,
  target: number,
  errorOf: ErrorOf,
  patience = Number.POSITIVE_INFINITY,
): Promise<Matched | null> {
  let last = Number.POSITIVE_INFINITY
  const at = async (step: number): Promise<Matched> => {
    const rtol = LOOSEST * 10 ** (-step / FINE)
    const { values, effort } = await contender.solve(rtol)
    // a process that has just begun is still loading before its first answer
    if (last === Number.POSITIVE_INFINITY) last = performance.now() + patience
    return { contender, rtol, error: errorOf(values), effort }
  }
  for (let coarse = 0; LOOSEST * 10 ** (-coarse / FINE) > TIGHTEST; coarse += FINE / COARSE) {
    if (performance.now() > last) return null
    const found = await at(coarse)
    if (!(found.error <= target)) continue
    for (let fine = Math.max(0, coarse - FINE); fine < coarse && performance.now() <= last; fine++) {
      const looser = await at(fine)
      if (looser.error <= target) return looser
    }
    return found
  }
  return null
}
