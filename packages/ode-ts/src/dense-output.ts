import type { Tableau } from './method.ts'

/**
 * Evaluates the continuous extension of one step at θ in [0, 1], for entries `first` … `first + count − 1` of z:
 *
 * z(θ) = (1−θ) z0 + θ (z1 + (1−θ)(K_1 + θ (K_2 + θ (K_3 + …)))),
 *
 * so that θ = 0 and θ = 1 give z0 and z1 exactly. `coefficients` holds at `offset` the rows z0, z1, K_1 … K_rows, each
 * of length `width`.
 */
export function evaluateDense(
  coefficients: Float64Array,
  offset: number,
  width: number,
  rows: number,
  theta: number,
  first: number,
  count: number,
  out: Float64Array,
): void {
  const rest = 1 - theta
  const top = offset + (1 + rows) * width + first
  for (let i = 0; i < count; i++) {
    let at = top + i
    let bend = rows === 0 ? 0 : coefficients[at]!
    for (let r = 1; r < rows; r++) {
      at -= width
      bend = coefficients[at]! + theta * bend
    }
    const z0 = coefficients[offset + first + i]!
    const z1 = coefficients[offset + width + first + i]!
    out[i] = rest * z0 + theta * (z1 + rest * bend)
  }
}

/**
 * The weights of K_1 … K_rows (rows × stages, row-major) that bring an interpolant y(θ) = y0 + Σ_i p_i(θ) v_i to the form
 * of `evaluateDense`: K_r = Σ_i weight[r][i] v_i.
 *
 * p_i is given by its coefficients of θ, θ² …, and p_i(1) by `ends`. p_i(θ) − θ p_i(1) vanishes at 0 and 1; this divides
 * it by θ (1−θ).
 */
export function bendWeights(polynomials: readonly (readonly number[])[], ends: readonly number[]): Float64Array {
  const stages = polynomials.length
  const rows = Math.max(0, ...polynomials.map((polynomial) => polynomial.length - 1))
  const weights = new Float64Array(rows * stages)
  polynomials.forEach((polynomial, i) => {
    let quotient = -(ends[i] ?? 0)
    for (let r = 0; r < rows; r++) {
      quotient += polynomial[r] ?? 0
      weights[r * stages + i] = quotient
    }
  })
  return weights
}

/** Those of an explicit method, whose v_i are h k_i. */
export function explicitDenseWeights(tableau: Tableau): Float64Array {
  return bendWeights(tableau.dense, tableau.b)
}

/** Number of rows K_r of an explicit method: one less than the degree of its interpolant. */
export function denseRowCount(tableau: Tableau): number {
  return Math.max(0, ...tableau.dense.map((polynomial) => polynomial.length - 1))
}
