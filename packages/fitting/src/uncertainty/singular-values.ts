/** A = U Σ Vᵀ for A with n columns; columns of V and entries of Σ in falling order of Σ. */
export interface SingularValues {
  readonly values: Float64Array
  /** n × n, column k is the right singular vector of values[k]; row-major. */
  readonly v: Float64Array
  /** U Σ: rows × n, row-major; its column k divided by values[k] is a left singular vector. */
  readonly us: Float64Array
}

const sweeps = 60

/**
 * Singular value decomposition by one-sided Jacobi rotations (M. R. Hestenes, J. SIAM 6:51, 1958), which finds small
 * singular values of a matrix with scaled columns to high relative accuracy (J. Demmel, K. Veselić, SIAM J. Matrix Anal.
 * Appl. 13:1204, 1992). `matrix` is rows × n, row-major, and is left unchanged.
 */
export function singularValues(matrix: Float64Array, rows: number, n: number): SingularValues {
  const a = Array.from({ length: n }, (_, j) => Float64Array.from({ length: rows }, (_, i) => matrix[i * n + j]!))
  const v = Array.from({ length: n }, (_, j) => {
    const column = new Float64Array(n)
    column[j] = 1
    return column
  })
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let rotated = false
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const x = a[p]!
        const y = a[q]!
        let xx = 0
        let yy = 0
        let xy = 0
        for (let i = 0; i < rows; i++) {
          xx += x[i]! * x[i]!
          yy += y[i]! * y[i]!
          xy += x[i]! * y[i]!
        }
        if (!(Math.abs(xy) > 1e-16 * Math.sqrt(xx) * Math.sqrt(yy))) continue
        rotated = true
        const zeta = (yy - xx) / (2 * xy)
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        const c = 1 / Math.sqrt(1 + t * t)
        const s = c * t
        rotate(x, y, c, s)
        rotate(v[p]!, v[q]!, c, s)
      }
    }
    if (!rotated) break
  }
  const norms = a.map((column) => {
    let sum = 0
    for (const entry of column) sum += entry * entry
    return Math.sqrt(sum)
  })
  const order = norms.map((_, j) => j).sort((i, j) => norms[j]! - norms[i]! || i - j)
  const values = Float64Array.from(order, (j) => norms[j]!)
  return { values, v: gather(v, order, n), us: gather(a, order, rows) }
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]!
    const yi = y[i]!
    x[i] = c * xi - s * yi
    y[i] = s * xi + c * yi
  }
}

function gather(columns: readonly Float64Array[], order: readonly number[], rows: number): Float64Array {
  const n = order.length
  const out = new Float64Array(rows * n)
  order.forEach((from, to) => {
    for (let i = 0; i < rows; i++) out[i * n + to] = columns[from]![i]!
  })
  return out
}
