import type { Tableau } from '../methods/method.ts'

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
  const low = offset + first
  const high = low + width
  const top = high + rows * width
  // two entries side by side: each is a chain of operations that wait for each other
  let i = 0
  for (; i + 1 < count; i += 2) {
    let at = top + i
    let bend0 = rows === 0 ? 0 : coefficients[at]!
    let bend1 = rows === 0 ? 0 : coefficients[at + 1]!
    for (let r = 1; r < rows; r++) {
      at -= width
      bend0 = coefficients[at]! + theta * bend0
      bend1 = coefficients[at + 1]! + theta * bend1
    }
    out[i] = rest * coefficients[low + i]! + theta * (coefficients[high + i]! + rest * bend0)
    out[i + 1] = rest * coefficients[low + i + 1]! + theta * (coefficients[high + i + 1]! + rest * bend1)
  }
  if (i < count) {
    let at = top + i
    let bend = rows === 0 ? 0 : coefficients[at]!
    for (let r = 1; r < rows; r++) {
      at -= width
      bend = coefficients[at]! + theta * bend
    }
    out[i] = rest * coefficients[low + i]! + theta * (coefficients[high + i]! + rest * bend)
  }
}

/** The same for the entries `entries` alone, each into its place of `out`. */
export function evaluateDenseEntries(
  coefficients: Float64Array,
  offset: number,
  width: number,
  rows: number,
  theta: number,
  entries: Int32Array,
  out: Float64Array,
): void {
  const rest = 1 - theta
  for (let k = 0; k < entries.length; k++) {
    const low = offset + entries[k]!
    const high = low + width
    let at = high + rows * width
    let bend = rows === 0 ? 0 : coefficients[at]!
    for (let r = 1; r < rows; r++) {
      at -= width
      bend = coefficients[at]! + theta * bend
    }
    out[entries[k]!] = rest * coefficients[low]! + theta * (coefficients[high]! + rest * bend)
  }
}

/**
 * The same at the θ of rows `first` … `last − 1`, for the entries `entries` of z alone: each into its place of its row of
 * `out`, `stride` long. The coefficients of an entry are read once for all θ.
 */
export function evaluateDenseRows(
  coefficients: Float64Array,
  offset: number,
  width: number,
  rows: number,
  thetas: Float64Array,
  first: number,
  last: number,
  entries: Int32Array,
  out: Float64Array,
  stride: number,
): void {
  for (let k = 0; k < entries.length; k++) {
    const entry = entries[k]!
    const low = offset + entry
    const z0 = coefficients[low]!
    const z1 = coefficients[low + width]!
    let to = first * stride + entry
    if (rows === 3) {
      const k1 = coefficients[low + 2 * width]!
      const k2 = coefficients[low + 3 * width]!
      const k3 = coefficients[low + 4 * width]!
      for (let j = first; j < last; j++, to += stride) {
        const theta = thetas[j]!
        const rest = 1 - theta
        out[to] = rest * z0 + theta * (z1 + rest * (k1 + theta * (k2 + theta * k3)))
      }
      continue
    }
    for (let j = first; j < last; j++, to += stride) {
      const theta = thetas[j]!
      const rest = 1 - theta
      let at = low + (1 + rows) * width
      let bend = rows === 0 ? 0 : coefficients[at]!
      for (let r = 1; r < rows; r++) {
        at -= width
        bend = coefficients[at]! + theta * bend
      }
      out[to] = rest * z0 + theta * (z1 + rest * bend)
    }
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
