/** Singular value decomposition A = U diag(values) Vᵀ, thin: k = min(rows, columns). */
export interface SingularValueDecomposition {
  readonly status: 'converged'
  /** rows×k, row-major, orthonormal columns. */
  readonly u: Float64Array
  /** The k singular values, descending. */
  readonly values: Float64Array
  /** columns×k, row-major, orthonormal columns. */
  readonly v: Float64Array
  readonly sweeps: number
}

/** Why there is no decomposition. */
export interface SvdFailure {
  readonly status: 'failed'
  readonly message: string
}

const maximumSweeps = 60

/**
 * Singular values and vectors by one-sided Jacobi rotations in row order; small singular values keep their relative accuracy where the
 * columns are badly scaled only. In each column of V the component of largest magnitude (the first of equals) is positive.
 *
 * M. R. Hestenes, J. SIAM 6, 51–90, 1958; J. Demmel, K. Veselić, "Jacobi's method is more accurate than QR", SIAM J. Matrix Anal.
 * Appl. 13, 1204–1245, 1992.
 *
 * @param a rows×columns, row-major; not changed.
 * @param rows number of rows.
 * @param columns number of columns.
 * @returns `failed` when a value is not finite.
 */
export function svd(a: Float64Array, rows: number, columns: number): SingularValueDecomposition | SvdFailure {
  if (a.length !== rows * columns) {
    throw new RangeError(`svd: a ${rows}×${columns} matrix has ${rows * columns} elements, got ${a.length}`)
  }
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]!)) {
      const place = `(${Math.floor(i / columns)}, ${i % columns})`
      return { status: 'failed', message: `svd: element ${place} is ${a[i]}; every value must be finite` }
    }
    largest = Math.max(largest, Math.abs(a[i]!))
  }
  // work[j] is a column of A, or of Aᵀ where A is wide, scaled so that no square overflows
  const wide = rows < columns
  const count = wide ? rows : columns
  const length = wide ? columns : rows
  const scale = largest > 0 ? largest : 1
  const work = Array.from({ length: count }, (_, j) =>
    Float64Array.from({ length }, (_, i) => a[wide ? j * columns + i : i * columns + j]! / scale),
  )
  const right = Array.from({ length: count }, (_, j) => {
    const column = new Float64Array(count)
    column[j] = 1
    return column
  })
  const sweeps = orthogonalize(work, right)
  if (sweeps > maximumSweeps) return { status: 'failed', message: `svd: no convergence in ${maximumSweeps} sweeps` }

  const norms = work.map((column) => Math.sqrt(dot(column, column)))
  const order = norms.map((_, j) => j).sort((i, j) => norms[j]! - norms[i]! || i - j)
  const left: Float64Array[] = []
  for (const j of order) left.push(unitVector(work[j]!, norms[j]!, left))
  const sorted = order.map((j) => right[j]!)
  const [uColumns, vColumns] = wide ? [sorted, left] : [left, sorted]
  vColumns.forEach((column, j) => {
    if (isLargestNegative(column)) {
      negate(column)
      negate(uColumns[j]!)
    }
  })
  return {
    status: 'converged',
    u: rowMajor(uColumns, rows),
    values: Float64Array.from(order, (j) => norms[j]! * scale),
    v: rowMajor(vColumns, columns),
    sweeps,
  }
}

/** Rotates pairs of columns until all are orthogonal, the same rotations applied to `right`; returns the number of sweeps. */
function orthogonalize(work: readonly Float64Array[], right: readonly Float64Array[]): number {
  const tolerance = Math.max(1, work[0]?.length ?? 0) * 1.1102230246251565e-16
  for (let sweep = 0; sweep <= maximumSweeps; sweep++) {
    let rotations = 0
    for (let p = 0; p < work.length; p++) {
      for (let q = p + 1; q < work.length; q++) {
        const x = work[p]!
        const y = work[q]!
        const xx = dot(x, x)
        const yy = dot(y, y)
        const xy = dot(x, y)
        if (!(Math.abs(xy) > tolerance * Math.sqrt(xx) * Math.sqrt(yy))) continue
        rotations++
        const zeta = (0.5 * (yy - xx)) / xy
        const t =
          (zeta < 0 ? -1 : 1) /
          (Math.abs(zeta) + (Math.abs(zeta) > 1e150 ? Math.abs(zeta) : Math.sqrt(1 + zeta * zeta)))
        const c = 1 / Math.sqrt(1 + t * t)
        rotate(x, y, c, c * t)
        rotate(right[p]!, right[q]!, c, c * t)
      }
    }
    if (rotations === 0) return sweep
  }
  return maximumSweeps + 1
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!
    const yi = y[i]!
    x[i] = c * xi - s * yi
    y[i] = s * xi + c * yi
  }
}

/** column/norm; for a column lost in rounding error a unit vector orthogonal to the ones before it. */
function unitVector(column: Float64Array, norm: number, before: readonly Float64Array[]): Float64Array {
  if (norm > 1e-150) return column.map((value) => value / norm)
  for (let i = 0; i < column.length; i++) {
    const unit = new Float64Array(column.length)
    unit[i] = 1
    for (let pass = 0; pass < 2; pass++) {
      for (const other of before) {
        const projection = dot(unit, other)
        for (let k = 0; k < unit.length; k++) unit[k] = unit[k]! - projection * other[k]!
      }
    }
    const length = Math.sqrt(dot(unit, unit))
    if (length * length * column.length > 0.5) return unit.map((value) => value / length)
  }
  return column
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!
  return sum
}

function isLargestNegative(column: Float64Array): boolean {
  let largest = 0
  for (const value of column) if (Math.abs(value) > Math.abs(largest)) largest = value
  return largest < 0
}

function negate(column: Float64Array): void {
  for (let i = 0; i < column.length; i++) column[i] = -column[i]!
}

function rowMajor(columns: readonly Float64Array[], rows: number): Float64Array {
  const out = new Float64Array(rows * columns.length)
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) out[i * columns.length + j] = column[i]!
  })
  return out
}
