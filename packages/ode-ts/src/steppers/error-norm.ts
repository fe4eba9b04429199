import type { ErrorSum } from './arithmetic.ts'

/**
 * Root mean square of err_i / (atol_i + rtol·max(|y0_i|, |y1_i|)), each array of length n.
 *
 * Not finite when any entry of `error` or `y1` is not.
 */
export function errorNorm(
  error: Float64Array,
  y0: Float64Array,
  y1: Float64Array,
  rtol: number,
  atol: Float64Array,
  errorSum: ErrorSum,
): number {
  const n = error.length
  const byReciprocal = errorSum === 'reciprocals'
  let even = 0
  let odd = 0
  for (let i = 0; i < n; i++) {
    const end = y1[i]!
    const weight = atol[i]! + rtol * Math.max(Math.abs(y0[i]!), Math.abs(end))
    const ratio = byReciprocal ? error[i]! * (1 / weight) : error[i]! / weight
    // An infinite state has an infinite weight and would hide its error; 0·∞ is NaN.
    const square = ratio * ratio + 0 * end
    if (byReciprocal || i % 2 === 0) even += square
    else odd += square
  }
  return Math.sqrt((even + odd) / n)
}

/**
 * Norm of an error that is estimated twice: ‖e‖²/√(‖e‖² + ‖low‖²/100), Hairer, Nørsett & Wanner I, II.10.
 *
 * Not finite when one of the two is not.
 */
export function joinNorms(norm: number, low: number): number {
  if (norm === 0) return 0 * low
  // in quotients, for small norms have no squares; 0·∞ is NaN
  const ratio = low / norm
  return norm / Math.sqrt(1 + 0.01 * ratio * ratio) + 0 * low
}

/** Index of the largest weighted error, or of the first error or end state that is not finite. */
export function worstComponent(
  error: Float64Array,
  y0: Float64Array,
  y1: Float64Array,
  rtol: number,
  atol: Float64Array,
): number {
  let worst = 0
  let largest = -1
  for (let i = 0; i < error.length; i++) {
    const end = y1[i]!
    const ratio = Math.abs(error[i]!) / (atol[i]! + rtol * Math.max(Math.abs(y0[i]!), Math.abs(end)))
    if (!Number.isFinite(ratio + end)) return i
    if (ratio > largest) {
      largest = ratio
      worst = i
    }
  }
  return worst
}
