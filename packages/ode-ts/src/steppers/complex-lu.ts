/**
 * LU decomposition with partial pivoting of a complex row-major n × n matrix, in place: real and imaginary parts follow
 * one another, 2 n² numbers. `pivots` receives the row swapped with each row. Returns false when a pivot is exactly zero;
 * entries that are not finite give factors that are not.
 */
export function decomposeComplex(a: Float64Array, n: number, pivots: Int32Array): boolean {
  for (let k = 0; k < n; k++) {
    const diagonal = 2 * (k * n + k)
    let row = k
    let largest = Math.abs(a[diagonal]!) + Math.abs(a[diagonal + 1]!)
    for (let i = k + 1; i < n; i++) {
      const at = 2 * (i * n + k)
      const size = Math.abs(a[at]!) + Math.abs(a[at + 1]!)
      if (size > largest) {
        largest = size
        row = i
      }
    }
    pivots[k] = row
    if (largest === 0) return false
    if (row !== k) {
      for (let j = 0; j < 2 * n; j++) {
        const swap = a[2 * k * n + j]!
        a[2 * k * n + j] = a[2 * row * n + j]!
        a[2 * row * n + j] = swap
      }
    }
    const re = a[diagonal]!
    const im = a[diagonal + 1]!
    const size = re * re + im * im
    // Solving multiplies by the reciprocal of the diagonal, so that is what is kept there.
    const inverseRe = re / size
    const inverseIm = -im / size
    a[diagonal] = inverseRe
    a[diagonal + 1] = inverseIm
    for (let i = k + 1; i < n; i++) {
      const at = 2 * (i * n + k)
      const factorRe = a[at]! * inverseRe - a[at + 1]! * inverseIm
      const factorIm = a[at]! * inverseIm + a[at + 1]! * inverseRe
      a[at] = factorRe
      a[at + 1] = factorIm
      if (factorRe === 0 && factorIm === 0) continue
      for (let j = k + 1; j < n; j++) {
        const from = 2 * (k * n + j)
        const to = 2 * (i * n + j)
        a[to] = a[to]! - (factorRe * a[from]! - factorIm * a[from + 1]!)
        a[to + 1] = a[to + 1]! - (factorRe * a[from + 1]! + factorIm * a[from]!)
      }
    }
  }
  return true
}

/** Solves with the factors of `decomposeComplex`, in place, for the right-hand side re + i im, each of length n at `offset`. */
export function solveComplex(
  a: Float64Array,
  n: number,
  pivots: Int32Array,
  re: Float64Array,
  im: Float64Array,
  offset: number,
): void {
  for (let k = 0; k < n; k++) {
    const row = pivots[k]!
    if (row === k) continue
    exchange(re, offset + k, offset + row)
    exchange(im, offset + k, offset + row)
  }
  for (let i = 1; i < n; i++) subtractRow(a, n, re, im, offset, i, 0, i)
  for (let i = n - 1; i >= 0; i--) {
    subtractRow(a, n, re, im, offset, i, i + 1, n)
    const at = 2 * (i * n + i)
    const x = re[offset + i]!
    const y = im[offset + i]!
    re[offset + i] = x * a[at]! - y * a[at + 1]!
    im[offset + i] = x * a[at + 1]! + y * a[at]!
  }
}

/** Takes Σ_(from ≤ j < to) a_ij x_j off x_i. */
function subtractRow(
  a: Float64Array,
  n: number,
  re: Float64Array,
  im: Float64Array,
  offset: number,
  i: number,
  from: number,
  to: number,
): void {
  let sumRe = re[offset + i]!
  let sumIm = im[offset + i]!
  for (let j = from; j < to; j++) {
    const at = 2 * (i * n + j)
    const x = re[offset + j]!
    const y = im[offset + j]!
    sumRe -= a[at]! * x - a[at + 1]! * y
    sumIm -= a[at]! * y + a[at + 1]! * x
  }
  re[offset + i] = sumRe
  im[offset + i] = sumIm
}

function exchange(v: Float64Array, i: number, j: number): void {
  const value = v[i]!
  v[i] = v[j]!
  v[j] = value
}
