import { factorQr, solveQr } from './qr.ts'

/** A solved linear least-squares problem. */
export interface LeastSquaresSolution {
  /** The coefficients; those beyond the rank are 0. */
  readonly x: Float64Array
  /** Numerical rank of the matrix. */
  readonly rank: number
  /** Residual sum of squares. */
  readonly squares: number
}

/**
 * The x that minimizes |A x − b|, by Householder QR with column pivoting; neither argument is changed.
 *
 * @param a rows×columns, row-major.
 * @param rows number of rows.
 * @param columns number of columns.
 * @param b right-hand side of length rows.
 * @throws RangeError when the lengths do not agree or a value is not finite.
 */
export function leastSquares(
  a: ArrayLike<number>,
  rows: number,
  columns: number,
  b: ArrayLike<number>,
): LeastSquaresSolution {
  if (a.length !== rows * columns || b.length !== rows) {
    throw new RangeError(
      `least squares: a ${rows}×${columns} matrix has ${rows * columns} elements and ${rows} right-hand sides, got ${a.length} and ${b.length}`,
    )
  }
  const qr = finite('the matrix', a)
  const rotated = finite('the right-hand side', b)
  const scales = new Float64Array(Math.min(rows, columns))
  const order = new Int32Array(columns)
  const x = new Float64Array(columns)
  const rank = factorQr(qr, rows, columns, scales, order)
  const squares = solveQr(qr, rows, columns, scales, order, rank, rotated, x)
  return { x, rank, squares }
}

function finite(name: string, values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values)
  const bad = copy.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw new RangeError(`least squares: element ${bad} of ${name} is ${copy[bad]}; every value must be finite`)
  return copy
}
