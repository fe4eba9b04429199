import type { Information } from './information.ts'

/**
 * s²(WᵀW)⁻¹ of n coordinates, row-major. Rows of coordinates that are not free, silent or in `unidentified` are NaN; the
 * others are those of the generalised inverse, unaffected by the directions that only the unidentified ones share.
 */
export function covariance(
  { coordinates, norms, singular, v, rank }: Information,
  n: number,
  residualVariance: number,
  unidentified: ReadonlySet<number>,
): Float64Array {
  const out = new Float64Array(n * n).fill(NaN)
  const k = coordinates.length
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      const i = coordinates[a]!
      const j = coordinates[b]!
      if (unidentified.has(i) || unidentified.has(j)) continue
      let sum = 0
      for (let l = 0; l < rank; l++) sum += (v[a * k + l]! * v[b * k + l]!) / (singular[l]! * singular[l]!)
      out[i * n + j] = (residualVariance * sum) / (norms[a]! * norms[b]!)
    }
  }
  return out
}

/** Correlations of a covariance matrix; exactly 1 on the diagonal, NaN where the covariance is. */
export function correlation(covariances: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const deviations = Math.sqrt(covariances[i * n + i]!) * Math.sqrt(covariances[j * n + j]!)
      const value = covariances[i * n + j]! / deviations
      out[i * n + j] = i === j && Number.isFinite(value) ? 1 : value
    }
  }
  return out
}
