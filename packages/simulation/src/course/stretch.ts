/**
 * Everything the course of linear compartments between two events follows from, in memory that serves one stretch after
 * another.
 *
 * Matrices are of the augmented system [compartments, 1], whose last row is 0: k + 1 rows and columns, row-major.
 */
export class Stretch {
  t = 0
  /** All n states of the model. */
  readonly y: Float64Array
  /** ∂y/∂p, parameter-major (m × n). */
  readonly s: Float64Array
  readonly matrix: Float64Array
  /** Its derivative by each parameter. */
  readonly tangents: readonly Float64Array[]
  /** 1 for each parameter by which the matrix has a derivative. */
  readonly isMoving: Uint8Array
  /**
   * Whether the course is a sum of exponentials that keeps its digits, y_i(τ) = Σ_q c_iq exp(λ_q τ), in the order of
   * `SumOfExponentials`; what follows is of that.
   */
  isSum = false
  readonly slopes: Float64Array
  /** c, and how large the numbers were of which each was made. */
  readonly factors: Float64Array
  readonly sizes: Float64Array
  /** ∂λ/∂p (m × (k + 1)) and ∂c/∂p (m × (k + 1)²). */
  readonly slopeTangents: Float64Array
  readonly factorTangents: Float64Array
  /** Least distance of two slopes of which one acts on the other's state. */
  gap = 0

  /** For n states, m parameters and k compartments. */
  constructor(n: number, m: number, k: number) {
    const width = k + 1
    this.y = new Float64Array(n)
    this.s = new Float64Array(m * n)
    this.matrix = new Float64Array(width * width)
    this.tangents = Array.from({ length: m }, () => new Float64Array(width * width))
    this.isMoving = new Uint8Array(m)
    this.slopes = new Float64Array(width)
    this.factors = new Float64Array(width * width)
    this.sizes = new Float64Array(width * width)
    this.slopeTangents = new Float64Array(m * width)
    this.factorTangents = new Float64Array(m * width * width)
  }
}
