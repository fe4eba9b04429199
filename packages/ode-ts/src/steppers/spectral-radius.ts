/** The linear map whose spectral radius is wanted: writes J·v into `out`. */
export interface LinearMap {
  multiply(v: Float64Array, out: Float64Array): void
}

/**
 * Estimates the spectral radius of a slowly changing Jacobian by power iteration, continued from call to call, in the
 * norm weighted by atol + rtol·|y|.
 */
export class SpectralRadius {
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly v: Float64Array
  private readonly product: Float64Array
  private fresh = true
  private lastRatio = 0

  constructor(dimension: number, rtol: number, atol: Float64Array) {
    this.rtol = rtol
    this.atol = atol
    this.v = new Float64Array(dimension)
    this.product = new Float64Array(dimension)
  }

  /** Estimate at the state `y`: one product, a few at the first call. */
  estimate(map: LinearMap, y: Float64Array): number {
    const { v, product, rtol, atol } = this
    const n = v.length
    if (this.fresh) {
      for (let i = 0; i < n; i++) v[i] = (atol[i]! + rtol * Math.abs(y[i]!)) * (1 + (i % 7) / 8)
      this.normalize(this.norm(v, y))
    }
    const rounds = this.fresh ? 4 : 1
    this.fresh = false
    let before = this.lastRatio
    for (let round = 0; round < rounds; round++) {
      map.multiply(v, product)
      const ratio = this.norm(product, y) / this.norm(v, y)
      before = this.lastRatio
      this.lastRatio = ratio
      if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) {
        this.fresh = true
        return ratio === 0 ? 0 : Number.POSITIVE_INFINITY
      }
      v.set(product)
      this.normalize(this.norm(v, y))
    }
    // With a complex pair of eigenvalues single ratios swing about their geometric mean.
    return Math.sqrt(before * this.lastRatio)
  }

  private normalize(size: number): void {
    for (let i = 0; i < this.v.length; i++) this.v[i] = this.v[i]! / size
  }

  private norm(v: Float64Array, y: Float64Array): number {
    let sum = 0
    for (let i = 0; i < v.length; i++) {
      const ratio = v[i]! / (this.atol[i]! + this.rtol * Math.abs(y[i]!))
      sum += ratio * ratio
    }
    return Math.sqrt(sum / v.length)
  }
}

/** A row-major n × n matrix as a linear map. */
export class DenseMap implements LinearMap {
  private readonly matrix: Float64Array

  constructor(matrix: Float64Array) {
    this.matrix = matrix
  }

  multiply(v: Float64Array, out: Float64Array): void {
    const { matrix } = this
    const n = v.length
    for (let i = 0, at = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < n; j++, at++) sum += matrix[at]! * v[j]!
      out[i] = sum
    }
  }
}
