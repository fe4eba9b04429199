/** What became of an iteration for eigenvalues or singular values. */
export type JacobiOutcome =
  | { readonly status: 'converged'; readonly sweeps: number }
  | { readonly status: 'failed'; readonly message: string }

const maximumSweeps = 60

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations in row order.
 *
 * H. Rutishauser, "The Jacobi method for real symmetric matrices", Numer. Math. 9, 1–10, 1966.
 *
 * @param a n×n, row-major; only the lower triangle is read. Destroyed.
 * @param n order.
 * @param values receives the eigenvalues, ascending; length n.
 * @param vectors receives the eigenvectors as columns, n×n, row-major, orthonormal; the component of largest magnitude of each
 *   (the first of equals) is positive.
 * @returns `failed` when a value is not finite.
 */
export function symmetricEigen(a: Float64Array, n: number, values: Float64Array, vectors: Float64Array): JacobiOutcome {
  let total = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = a[i * n + j]!
      if (!Number.isFinite(value)) {
        return {
          status: 'failed',
          message: `eigenvalues: element (${i}, ${j}) is ${value}; every value must be finite`,
        }
      }
      total = Math.max(total, Math.abs(value))
      a[j * n + i] = value
      vectors[i * n + j] = i === j ? 1 : 0
      vectors[j * n + i] = i === j ? 1 : 0
    }
  }
  for (let sweep = 0; sweep < maximumSweeps; sweep++) {
    let rotations = 0
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) if (rotate(a, n, vectors, p, q, total)) rotations++
    if (rotations > 0) continue
    for (let i = 0; i < n; i++) values[i] = a[i * n + i]!
    sortAscending(values, vectors, n)
    for (let j = 0; j < n; j++) makeLargestPositive(vectors, n, j)
    return { status: 'converged', sweeps: sweep }
  }
  return { status: 'failed', message: `eigenvalues: no convergence in ${maximumSweeps} sweeps` }
}

/** Annihilates element (p, q); false when it is 0 beside the diagonal already. */
function rotate(a: Float64Array, n: number, vectors: Float64Array, p: number, q: number, total: number): boolean {
  const off = a[p * n + q]!
  if (off === 0) return false
  const app = a[p * n + p]!
  const aqq = a[q * n + q]!
  if (
    Math.abs(off) <= 1.1102230246251565e-16 * Math.sqrt(Math.abs(app)) * Math.sqrt(Math.abs(aqq)) ||
    Math.abs(off) < 1e-20 * total
  ) {
    a[p * n + q] = 0
    a[q * n + p] = 0
    return false
  }
  const theta = (0.5 * (aqq - app)) / off
  const size = Math.abs(theta)
  const t = size > 1e150 ? 0.5 / theta : (theta < 0 ? -1 : 1) / (size + Math.sqrt(1 + theta * theta))
  const c = 1 / Math.sqrt(1 + t * t)
  const s = t * c
  const tau = s / (1 + c)
  a[p * n + p] = app - t * off
  a[q * n + q] = aqq + t * off
  a[p * n + q] = 0
  a[q * n + p] = 0
  for (let i = 0; i < n; i++) {
    if (i !== p && i !== q) {
      const x = a[i * n + p]!
      const y = a[i * n + q]!
      const newX = x - s * (y + tau * x)
      const newY = y + s * (x - tau * y)
      a[i * n + p] = newX
      a[p * n + i] = newX
      a[i * n + q] = newY
      a[q * n + i] = newY
    }
    const v = vectors[i * n + p]!
    const w = vectors[i * n + q]!
    vectors[i * n + p] = v - s * (w + tau * v)
    vectors[i * n + q] = w + s * (v - tau * w)
  }
  return true
}

function sortAscending(values: Float64Array, vectors: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    let least = i
    for (let j = i + 1; j < n; j++) if (values[j]! < values[least]!) least = j
    if (least === i) continue
    const value = values[i]!
    values[i] = values[least]!
    values[least] = value
    for (let k = 0; k < n; k++) {
      const component = vectors[k * n + i]!
      vectors[k * n + i] = vectors[k * n + least]!
      vectors[k * n + least] = component
    }
  }
}

function makeLargestPositive(vectors: Float64Array, n: number, column: number): void {
  let largest = 0
  for (let i = 0; i < n; i++) {
    const component = vectors[i * n + column]!
    if (Math.abs(component) > Math.abs(largest)) largest = component
  }
  if (largest < 0) for (let i = 0; i < n; i++) vectors[i * n + column] = -vectors[i * n + column]!
}
