/** out = base + factor·Σ_(j < count) weights[row + j]·k_j, with k_j at k[j·n … j·n + n − 1] and n the length of `out`. */
export function linearCombination(
  out: Float64Array,
  base: Float64Array,
  factor: number,
  weights: Float64Array,
  row: number,
  count: number,
  k: Float64Array,
): void {
  const n = out.length
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0, at = i; j < count; j++, at += n) sum += weights[row + j]! * k[at]!
    out[i] = base[i]! + factor * sum
  }
}

/** The rows K_r = factor·Σ_j weights[r·count + j]·k_j, r < rows, each of length n, at to, to + width, to + 2·width …. */
export function denseRowsInto(
  out: Float64Array,
  to: number,
  width: number,
  n: number,
  factor: number,
  weights: Float64Array,
  rows: number,
  count: number,
  k: Float64Array,
): void {
  for (let r = 0; r < rows; r++) {
    const row = r * count
    const first = to + r * width
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0, at = i; j < count; j++, at += n) sum += weights[row + j]! * k[at]!
      out[first + i] = factor * sum
    }
  }
}

/** Views of the vectors of length n that lie one after the other in `flat`. */
export function vectorsOf(flat: Float64Array, count: number, n: number): readonly Float64Array[] {
  return Array.from({ length: count }, (_, j) => flat.subarray(j * n, (j + 1) * n))
}

/** Rows of a lower triangular table, each padded to `stages` entries, row-major. */
export function flattenRows(rows: readonly (readonly number[])[], stages: number): Float64Array {
  const flat = new Float64Array(rows.length * stages)
  rows.forEach((row, i) => {
    flat.set(row, i * stages)
  })
  return flat
}
