/**
 * A P = Q R by Householder reflections with column pivoting, in place.
 *
 * P. Businger, G. H. Golub, "Linear least squares solutions by Householder transformations", Numer. Math. 7, 269–276, 1965; column
 * norms are computed anew in each step rather than downdated.
 *
 * @param a rows×columns, row-major; overwritten with R on and above the diagonal and the reflections (first entry 1 left out) below it.
 * @param rows number of rows.
 * @param columns number of columns.
 * @param scales receives the factor of each reflection I − scale v vᵀ; length min(rows, columns).
 * @param order receives the original column at each position; length columns.
 * @param tolerance a diagonal element of R at most this times the first one counts as 0; defaults to max(rows, columns)·2^-52.
 * @returns the numerical rank.
 * @throws RangeError when a value is not finite.
 */
export function factorQr(
  a: Float64Array,
  rows: number,
  columns: number,
  scales: Float64Array,
  order: Int32Array,
  tolerance: number = Math.max(rows, columns) * 2.220446049250313e-16,
): number {
  const steps = Math.min(rows, columns)
  for (let j = 0; j < columns; j++) order[j] = j
  let rank = 0
  let first = 0
  for (let k = 0; k < steps; k++) {
    let best = k
    let bestNorm = -1
    for (let j = k; j < columns; j++) {
      const norm = columnNorm(a, rows, columns, j, k)
      // a NaN has to be chosen, so that it is reported
      if (!(norm <= bestNorm)) {
        best = j
        bestNorm = norm
      }
    }
    if (!(bestNorm >= 0 && bestNorm < Infinity)) {
      throw new RangeError(`QR factorization: a value of column ${order[best]} is not finite; check the matrix first`)
    }
    if (best !== k) exchangeColumns(a, rows, columns, k, best, order)
    reflect(a, rows, columns, k, bestNorm, scales)
    if (k === 0) first = bestNorm
    if (rank === k && bestNorm > tolerance * first) rank = k + 1
  }
  return rank
}

/**
 * Least squares from {@link factorQr}: the x that minimizes |A x − b|, its components beyond the rank being 0 (the basic solution).
 *
 * @param qr factors, rows×columns, row-major.
 * @param rows number of rows.
 * @param columns number of columns.
 * @param scales factors of the reflections.
 * @param order columns at their positions.
 * @param rank as returned by factorQr.
 * @param b right-hand side of length rows, overwritten with Qᵀb.
 * @param x receives the solution; length columns.
 * @returns the residual sum of squares |A x − b|².
 */
export function solveQr(
  qr: Float64Array,
  rows: number,
  columns: number,
  scales: Float64Array,
  order: Int32Array,
  rank: number,
  b: Float64Array,
  x: Float64Array,
): number {
  const steps = Math.min(rows, columns)
  for (let k = 0; k < steps; k++) {
    let product = b[k]!
    for (let i = k + 1; i < rows; i++) product += qr[i * columns + k]! * b[i]!
    product *= scales[k]!
    b[k] = b[k]! - product
    for (let i = k + 1; i < rows; i++) b[i] = b[i]! - product * qr[i * columns + k]!
  }
  x.fill(0)
  for (let i = rank - 1; i >= 0; i--) {
    let value = b[i]!
    for (let j = i + 1; j < rank; j++) value -= qr[i * columns + j]! * x[order[j]!]!
    x[order[i]!] = value / qr[i * columns + i]!
  }
  let squares = 0
  for (let i = rank; i < rows; i++) squares += b[i]! * b[i]!
  return squares
}

/** Length of column j from row `from` down, scaled so that no square over- or underflows. */
function columnNorm(a: Float64Array, rows: number, columns: number, j: number, from: number): number {
  let largest = 0
  for (let i = from; i < rows; i++) largest = Math.max(largest, Math.abs(a[i * columns + j]!))
  if (!(largest > 0 && largest < Infinity)) return largest
  let squares = 0
  for (let i = from; i < rows; i++) {
    const ratio = a[i * columns + j]! / largest
    squares += ratio * ratio
  }
  return largest * Math.sqrt(squares)
}

function exchangeColumns(
  a: Float64Array,
  rows: number,
  columns: number,
  j: number,
  k: number,
  order: Int32Array,
): void {
  for (let i = 0; i < rows; i++) {
    const value = a[i * columns + j]!
    a[i * columns + j] = a[i * columns + k]!
    a[i * columns + k] = value
  }
  const column = order[j]!
  order[j] = order[k]!
  order[k] = column
}

/** Reflects column k onto its diagonal element and applies the reflection to the columns on its right. */
function reflect(a: Float64Array, rows: number, columns: number, k: number, norm: number, scales: Float64Array): void {
  const head = a[k * columns + k]!
  if (norm === 0) {
    scales[k] = 0
    return
  }
  const diagonal = head > 0 ? -norm : norm
  const pivot = head - diagonal
  const scale = -pivot / diagonal
  scales[k] = scale
  a[k * columns + k] = diagonal
  for (let i = k + 1; i < rows; i++) a[i * columns + k] = a[i * columns + k]! / pivot
  for (let j = k + 1; j < columns; j++) {
    let product = a[k * columns + j]!
    for (let i = k + 1; i < rows; i++) product += a[i * columns + k]! * a[i * columns + j]!
    product *= scale
    a[k * columns + j] = a[k * columns + j]! - product
    for (let i = k + 1; i < rows; i++) a[i * columns + j] = a[i * columns + j]! - product * a[i * columns + k]!
  }
}
