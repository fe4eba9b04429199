/**
 * LU decomposition with partial pivoting of the row-major n × n matrix `a`, in place; `pivots` receives the row swapped
 * with each row. Returns false when a pivot is exactly zero; entries that are not finite give factors that are not.
 */
export function decompose(a: Float64Array, n: number, pivots: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    let row = k
    let largest = Math.abs(a[k * n + k]!)
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(a[i * n + k]!)
      if (size > largest) {
        largest = size
        row = i
      }
    }
    pivots[k] = row
    if (largest === 0) return false
    if (row !== k) {
      for (let j = 0; j < n; j++) {
        const swap = a[k * n + j]!
        a[k * n + j] = a[row * n + j]!
        a[row * n + j] = swap
      }
    }
    const reciprocal = 1 / a[k * n + k]!
    // Solving multiplies by the reciprocal of the diagonal, so that is what is kept there.
    a[k * n + k] = reciprocal
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! * reciprocal
      a[i * n + k] = factor
      if (factor === 0) continue
      for (let j = k + 1; j < n; j++) a[i * n + j] = a[i * n + j]! - factor * a[k * n + j]!
    }
  }
  return true
}

/** Solves with the factors of `decompose`, in place, for the right-hand side at x[offset … offset + n − 1]. */
export function solve(a: Float64Array, n: number, pivots: Int32Array, x: Float64Array, offset: number): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k]!
    const value = x[offset + row]!
    if (row !== k) {
      x[offset + row] = x[offset + k]!
      x[offset + k] = value
    }
  }
  for (let i = 1; i < n; i++) {
    let sum = x[offset + i]!
    for (let j = 0; j < i; j++) sum -= a[i * n + j]! * x[offset + j]!
    x[offset + i] = sum
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[offset + i]!
    for (let j = i + 1; j < n; j++) sum -= a[i * n + j]! * x[offset + j]!
    x[offset + i] = sum * a[i * n + i]!
  }
}
