/** Estimates the spectral radius of a slowly changing matrix by power iteration, continued from call to call. */
export class SpectralRadius {
  private readonly v: Float64Array
  private readonly product: Float64Array
  private fresh = true

  constructor(dimension: number) {
    this.v = new Float64Array(dimension)
    this.product = new Float64Array(dimension)
  }

  /** Begins anew: the next matrix has nothing to do with the last. */
  forget(): void {
    this.fresh = true
  }

  /** Estimate for the row-major n × n matrix `a`, in the norm weighted by atol + rtol·|y|. */
  estimate(a: Float64Array, y: Float64Array, rtol: number, atol: Float64Array): number {
    const { v, product } = this
    const n = v.length
    if (this.fresh) for (let i = 0; i < n; i++) v[i] = (atol[i]! + rtol * Math.abs(y[i]!)) * (1 + (i % 7) / 8)
    // Pairs of products: with a complex pair of eigenvalues single ratios swing about their mean.
    const rounds = this.fresh ? 4 : 1
    this.fresh = false
    let radius = 0
    for (let round = 0; round < rounds; round++) {
      const before = weightedNorm(v, y, rtol, atol)
      multiply(a, v, product)
      multiply(a, product, v)
      const after = weightedNorm(v, y, rtol, atol)
      radius = Math.sqrt(after / before)
      if (!(after > 0 && after < Number.POSITIVE_INFINITY)) {
        this.fresh = true
        return after === 0 ? 0 : Number.POSITIVE_INFINITY
      }
      for (let i = 0; i < n; i++) v[i] = v[i]! / after
    }
    return radius
  }
}

function weightedNorm(v: Float64Array, y: Float64Array, rtol: number, atol: Float64Array): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) {
    const ratio = v[i]! / (atol[i]! + rtol * Math.abs(y[i]!))
    sum += ratio * ratio
  }
  return Math.sqrt(sum)
}

function multiply(a: Float64Array, x: Float64Array, out: Float64Array): void {
  const n = x.length
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += a[i * n + j]! * x[j]!
    out[i] = sum
  }
}
