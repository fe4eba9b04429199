import { log } from './log.ts'
import type { Factorization } from './lu.ts'

const factored: Factorization = { status: 'factored' }

/**
 * A = L Lᵀ of a symmetric positive definite matrix, in place.
 *
 * @param a n×n, row-major; only the lower triangle is read. Overwritten with L, zeros above the diagonal.
 * @param n order.
 * @returns `failed` with the column whose pivot is not positive: the matrix is not positive definite (or holds NaN).
 */
export function factorCholesky(a: Float64Array, n: number): Factorization {
  for (let j = 0; j < n; j++) {
    let pivot = a[j * n + j]!
    for (let k = 0; k < j; k++) pivot -= a[j * n + k]! * a[j * n + k]!
    if (!(pivot > 0 && pivot < Infinity)) {
      const message = `Cholesky factorization: the pivot of column ${j} is ${pivot}; the matrix is not positive definite`
      return { status: 'failed', column: j, message }
    }
    const diagonal = Math.sqrt(pivot)
    a[j * n + j] = diagonal
    for (let i = j + 1; i < n; i++) {
      let value = a[i * n + j]!
      for (let k = 0; k < j; k++) value -= a[i * n + k]! * a[j * n + k]!
      a[i * n + j] = value / diagonal
      a[j * n + i] = 0
    }
  }
  return factored
}

/**
 * Solves L x = b.
 *
 * @param l lower triangular, n×n, row-major.
 * @param n order.
 * @param b right-hand side, overwritten with x.
 */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let value = b[i]!
    for (let j = 0; j < i; j++) value -= l[i * n + j]! * b[j]!
    b[i] = value / l[i * n + i]!
  }
}

/**
 * Solves Lᵀ x = b.
 *
 * @param l lower triangular, n×n, row-major.
 * @param n order.
 * @param b right-hand side, overwritten with x.
 */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let value = b[i]!
    for (let j = i + 1; j < n; j++) value -= l[j * n + i]! * b[j]!
    b[i] = value / l[i * n + i]!
  }
}

/**
 * Solves A x = b from {@link factorCholesky}.
 *
 * @param l factor, n×n, row-major.
 * @param n order.
 * @param b right-hand side, overwritten with x.
 */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  solveLower(l, n, b)
  solveLowerTransposed(l, n, b)
}

/**
 * The inverse of A from {@link factorCholesky}, as of an information matrix.
 *
 * @param l factor, n×n, row-major.
 * @param n order.
 * @param out receives A⁻¹, n×n, exactly symmetric; not the same array as l.
 * @param column scratch of length n.
 */
export function invertCholesky(l: Float64Array, n: number, out: Float64Array, column = new Float64Array(n)): void {
  for (let j = 0; j < n; j++) {
    column.fill(0)
    column[j] = 1
    solveCholesky(l, n, column)
    for (let i = j; i < n; i++) {
      out[i * n + j] = column[i]!
      out[j * n + i] = column[i]!
    }
  }
}

/** ln det A from {@link factorCholesky}. */
export function logDeterminantCholesky(l: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += log(l[i * n + i]!)
  return 2 * sum
}
