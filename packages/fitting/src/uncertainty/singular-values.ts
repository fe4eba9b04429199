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
  // columns of A, each followed by that of V, so that one rotation turns both
  const length = rows + n
  const columns = new Float64Array(n * length)
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < rows; i++) columns[j * length + i] = matrix[i * n + j]!
    columns[j * length + rows + j] = 1
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    let rotated = false
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const from = p * length
        const apart = (q - p) * length
        let xx = 0
        let yy = 0
        let xy = 0
        for (let k = from; k < from + rows; k++) {
          const x = columns[k]!
          const y = columns[k + apart]!
          xx += x * x
          yy += y * y
          xy += x * y
        }
        if (!(Math.abs(xy) > 1e-16 * Math.sqrt(xx) * Math.sqrt(yy))) continue
        rotated = true
        const zeta = (yy - xx) / (2 * xy)
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        const c = 1 / Math.sqrt(1 + t * t)
        const s = c * t
        for (let k = from; k < from + length; k++) {
          const x = columns[k]!
          const y = columns[k + apart]!
          columns[k] = c * x - s * y
          columns[k + apart] = s * x + c * y
        }
      }
    }
    if (!rotated) break
  }
  const norms = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    let sum = 0
    for (let k = j * length; k < j * length + rows; k++) sum += columns[k]! * columns[k]!
    norms[j] = Math.sqrt(sum)
  }
  const order = [...norms.keys()].sort((i, j) => norms[j]! - norms[i]! || i - j)
  const values = new Float64Array(n)
  const v = new Float64Array(n * n)
  const us = new Float64Array(rows * n)
  for (let to = 0; to < n; to++) {
    const from = order[to]! * length
    values[to] = norms[order[to]!]!
    for (let i = 0; i < rows; i++) us[i * n + to] = columns[from + i]!
    for (let i = 0; i < n; i++) v[i * n + to] = columns[from + rows + i]!
  }
  return { values, v, us }
}
