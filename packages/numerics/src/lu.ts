/** What became of a factorization. */
export type Factorization =
  | { readonly status: 'factored' }
  | {
      readonly status: 'failed'
      /** Column, from 0, at which the factorization stopped. */
      readonly column: number
      readonly message: string
    }

const factored: Factorization = { status: 'factored' }

/**
 * P A = L U with partial pivoting, in place.
 *
 * @param a n×n, row-major; overwritten with U on and above the diagonal and the multipliers of L (unit diagonal) below it.
 * @param n order.
 * @param pivots receives, for each column, the row that was exchanged with it; length n.
 * @returns `failed` with the column when no pivot there is finite and nonzero: the matrix is exactly singular or holds a value that is
 *   not finite. Near singularity is not noticed; see `svd` for the condition number.
 */
export function factorLu(a: Float64Array, n: number, pivots: Int32Array): Factorization {
  for (let k = 0; k < n; k++) {
    let pivotRow = k
    let largest = Math.abs(a[k * n + k]!)
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(a[i * n + k]!)
      // a NaN in the column has to become the pivot, so that it is reported
      if (!(size <= largest)) {
        largest = size
        pivotRow = i
        if (Number.isNaN(size)) break
      }
    }
    pivots[k] = pivotRow
    if (!(largest > 0 && largest < Infinity)) {
      const reason = largest === 0 ? 'the matrix is singular' : 'the matrix holds a value that is not finite'
      return {
        status: 'failed',
        column: k,
        message: `LU factorization: the best pivot of column ${k} is ${largest}; ${reason}`,
      }
    }
    if (pivotRow !== k) {
      for (let j = 0; j < n; j++) {
        const upper = a[k * n + j]!
        a[k * n + j] = a[pivotRow * n + j]!
        a[pivotRow * n + j] = upper
      }
    }
    const pivot = a[k * n + k]!
    for (let i = k + 1; i < n; i++) {
      const multiplier = a[i * n + k]! / pivot
      a[i * n + k] = multiplier
      if (multiplier === 0) continue
      for (let j = k + 1; j < n; j++) a[i * n + j] = a[i * n + j]! - multiplier * a[k * n + j]!
    }
  }
  return factored
}

/**
 * Solves A x = b from {@link factorLu}.
 *
 * @param lu factors, n×n, row-major.
 * @param n order.
 * @param pivots exchanges.
 * @param b right-hand side, overwritten with x.
 */
export function solveLu(lu: Float64Array, n: number, pivots: Int32Array, b: Float64Array): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k]!
    const value = b[row]!
    b[row] = b[k]!
    b[k] = value
  }
  for (let i = 1; i < n; i++) {
    let value = b[i]!
    for (let j = 0; j < i; j++) value -= lu[i * n + j]! * b[j]!
    b[i] = value
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = b[i]!
    for (let j = i + 1; j < n; j++) value -= lu[i * n + j]! * b[j]!
    b[i] = value / lu[i * n + i]!
  }
}
