/** The triangular factor of a tall matrix and what remains of the right-hand side: ‖W p + r‖² = ‖R p + q‖² + rest. */
export interface Triangular {
  readonly n: number
  /** n × n, row-major, upper triangular. */
  readonly r: Float64Array
  /** Qᵀr, first n entries. */
  readonly q: Float64Array
}

/**
 * QR by Householder reflections of W (rows × n, row-major), applied to `residuals` as well. Forming WᵀW would halve the
 * digits of an ill-conditioned problem.
 */
export function triangularize(jacobian: Float64Array, residuals: Float64Array, rows: number, n: number): Triangular {
  // column-major copy: every reflection runs down columns, the last of which is the residuals
  const columns = new Float64Array(rows * (n + 1))
  for (let i = 0; i < rows; i++) for (let j = 0; j < n; j++) columns[j * rows + i] = jacobian[i * n + j]!
  for (let i = 0; i < rows; i++) columns[n * rows + i] = residuals[i]!
  const steps = Math.min(rows, n)
  for (let k = 0; k < steps; k++) {
    const at = k * rows
    let largest = 0
    for (let i = at + k; i < at + rows; i++) largest = Math.max(largest, Math.abs(columns[i]!))
    if (largest === 0) continue
    let sum = 0
    for (let i = at + k; i < at + rows; i++) {
      const scaled = columns[i]! / largest
      sum += scaled * scaled
    }
    const norm = columns[at + k]! > 0 ? -largest * Math.sqrt(sum) : largest * Math.sqrt(sum)
    const head = columns[at + k]! - norm
    // vᵀv/2 for v = column − norm·e_k
    const half = -norm * head
    for (let other = at + rows; other < columns.length; other += rows) {
      let dot = head * columns[other + k]!
      for (let i = k + 1; i < rows; i++) dot += columns[at + i]! * columns[other + i]!
      const factor = dot / half
      columns[other + k] = columns[other + k]! - factor * head
      for (let i = k + 1; i < rows; i++) columns[other + i] = columns[other + i]! - factor * columns[at + i]!
    }
    columns[at + k] = norm
  }
  const r = new Float64Array(n * n)
  const q = new Float64Array(n)
  for (let i = 0; i < steps; i++) {
    for (let j = i; j < n; j++) r[i * n + j] = columns[j * rows + i]!
    q[i] = columns[n * rows + i]!
  }
  return { n, r, q }
}
