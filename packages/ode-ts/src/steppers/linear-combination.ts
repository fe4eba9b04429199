/**
 * out = base + factor·Σ_(j < count) weights[row + j]·k_j, with k_j at k[j·n … j·n + n − 1] and n the length of `out`; terms
 * of weight 0 are left out.
 */
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
  for (let i = 0; i < n; i++) out[i] = base[i]! + factor * weightedSum(weights, row, count, k, i, n)
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
    const first = to + r * width
    for (let i = 0; i < n; i++) out[first + i] = factor * weightedSum(weights, r * count, count, k, i, n)
  }
}

/** Σ_(j < count) weights[row + j]·k[at + j·n], the first term with its sign where it is 0. */
function weightedSum(
  weights: Float64Array,
  row: number,
  count: number,
  k: Float64Array,
  at: number,
  n: number,
): number {
  let sum = -0
  for (let j = 0, from = at; j < count; j++, from += n) {
    const weight = weights[row + j]!
    if (weight !== 0) sum += weight * k[from]!
  }
  return sum
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
