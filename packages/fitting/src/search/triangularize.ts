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
  // column-major copy: every reflection runs down columns
  const columns = Array.from({ length: n + 1 }, (_, j) => {
    const column = new Float64Array(rows)
    for (let i = 0; i < rows; i++) column[i] = j < n ? jacobian[i * n + j]! : residuals[i]!
    return column
  })
  const steps = Math.min(rows, n)
  for (let k = 0; k < steps; k++) {
    const v = columns[k]!
    let largest = 0
    for (let i = k; i < rows; i++) largest = Math.max(largest, Math.abs(v[i]!))
    if (largest === 0) continue
    let sum = 0
    for (let i = k; i < rows; i++) {
      const scaled = v[i]! / largest
      sum += scaled * scaled
    }
    const norm = v[k]! > 0 ? -largest * Math.sqrt(sum) : largest * Math.sqrt(sum)
    const head = v[k]! - norm
    // vᵀv/2 for v = column − norm·e_k
    const half = -norm * head
    for (let j = k + 1; j <= n; j++) {
      const column = columns[j]!
      let dot = head * column[k]!
      for (let i = k + 1; i < rows; i++) dot += v[i]! * column[i]!
      const factor = dot / half
      column[k] = column[k]! - factor * head
      for (let i = k + 1; i < rows; i++) column[i] = column[i]! - factor * v[i]!
    }
    v[k] = norm
  }
  const r = new Float64Array(n * n)
  const q = new Float64Array(n)
  for (let i = 0; i < steps; i++) {
    for (let j = i; j < n; j++) r[i * n + j] = columns[j]![i]!
    q[i] = columns[n]![i]!
  }
  return { n, r, q }
}
