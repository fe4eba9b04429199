import { exp } from '@cartkin/numerics'

/** Terms of the series at a scaled norm of at most 1/2: the remainder is below 2^-60. */
const terms = 18

/**
 * x(τ) of x' = M x, x(0) = x0, for small matrices, and its derivatives where M and x0 have some: scaling and squaring of the series, shifted so that for rates of
 * exchange (no negative entry off the diagonal) every term is positive, and no digit is lost by cancellation.
 *
 * C. Moler, C. Van Loan, "Nineteen dubious ways to compute the exponential of a matrix, twenty-five years later",
 * SIAM Review 45:3–49, 2003, method 3.
 * Derivatives: A. H. Al-Mohy, N. J. Higham, "Computing the Fréchet derivative of the matrix exponential", SIAM J. Matrix
 * Anal. Appl. 30:1639–1657, 2009.
 */
export class AffineFlow {
  readonly #size: number
  /** The powers of the scaled matrix over their factorials, then their sum and its squares. */
  readonly #powers: readonly Float64Array[]
  readonly #squares: Float64Array[] = []
  readonly #scaled: Float64Array
  readonly #scaledTangent: Float64Array
  readonly #powerTangent: Float64Array
  readonly #tangent: Float64Array
  readonly #product: Float64Array
  #scale = 1
  #fall = 1
  #halvings = 0

  /** @param size order of the matrices. */
  constructor(size: number) {
    const matrix = () => new Float64Array(size * size)
    this.#size = size
    this.#powers = Array.from({ length: terms + 1 }, matrix)
    this.#scaled = matrix()
    this.#scaledTangent = matrix()
    this.#powerTangent = matrix()
    this.#tangent = matrix()
    this.#product = matrix()
  }

  /** Makes exp(M τ), M row-major, for the calls below. */
  prepare(matrix: Float64Array, tau: number): void {
    const n = this.#size
    let shift = 0
    for (let i = 0; i < n; i++) shift = Math.max(shift, -matrix[i * n + i]! * tau)
    let norm = 0
    for (let j = 0; j < n; j++) {
      let column = 0
      for (let i = 0; i < n; i++) column += Math.abs(matrix[i * n + j]! * tau + (i === j ? shift : 0))
      norm = Math.max(norm, column)
    }
    this.#halvings = 0
    let scale = 1
    while (norm * scale > 0.5) {
      scale *= 0.5
      this.#halvings++
    }
    this.#scale = tau * scale
    for (let i = 0; i < n * n; i++) this.#scaled[i] = matrix[i]! * tau * scale
    for (let i = 0; i < n; i++) this.#scaled[i * n + i] = this.#scaled[i * n + i]! + shift * scale
    this.#fall = exp(-shift * scale)
    while (this.#squares.length <= this.#halvings) this.#squares.push(new Float64Array(n * n))
    this.#series(this.#squares[0]!)
    for (let k = 0; k < this.#halvings; k++) {
      const square = this.#squares[k + 1]!
      square.fill(0)
      this.#addProduct(this.#squares[k]!, this.#squares[k]!, square)
    }
  }

  /** Writes exp(M τ) x into `out`. */
  apply(x: Float64Array, out: Float64Array): void {
    out.fill(0)
    this.#addImage(this.#squares[this.#halvings]!, x, out)
  }

  /** Writes exp(M τ) s + d(exp(M τ)) x into `out`, for dM in place of the derivative of M, null for none. */
  applyTangent(matrixTangent: Float64Array | null, x: Float64Array, s: Float64Array, out: Float64Array): void {
    this.apply(s, out)
    if (matrixTangent === null) return
    const [scaled, tangent, power, product] = [this.#scaledTangent, this.#tangent, this.#powerTangent, this.#product]
    for (let i = 0; i < scaled.length; i++) scaled[i] = matrixTangent[i]! * this.#scale
    power.set(scaled)
    tangent.set(scaled)
    for (let k = 2; k <= terms; k++) {
      product.fill(0)
      this.#addProduct(scaled, this.#powers[k - 1]!, product)
      this.#addProduct(this.#scaled, power, product)
      for (let i = 0; i < product.length; i++) {
        power[i] = product[i]! / k
        tangent[i] = tangent[i]! + power[i]!
      }
    }
    for (let i = 0; i < tangent.length; i++) tangent[i] = tangent[i]! * this.#fall
    for (let k = 0; k < this.#halvings; k++) {
      product.fill(0)
      this.#addProduct(this.#squares[k]!, tangent, product)
      this.#addProduct(tangent, this.#squares[k]!, product)
      tangent.set(product)
    }
    this.#addImage(tangent, x, out)
  }

  /** The sum of the first powers of the scaled matrix over their factorials, with the shift undone. */
  #series(sum: Float64Array): void {
    const n = this.#size
    const first = this.#powers[0]!
    first.fill(0)
    for (let i = 0; i < n; i++) first[i * n + i] = 1
    sum.set(first)
    for (let k = 1; k <= terms; k++) {
      const power = this.#powers[k]!
      power.fill(0)
      this.#addProduct(this.#powers[k - 1]!, this.#scaled, power)
      for (let i = 0; i < n * n; i++) {
        power[i] = power[i]! / k
        sum[i] = sum[i]! + power[i]!
      }
    }
    for (let i = 0; i < n * n; i++) sum[i] = sum[i]! * this.#fall
  }

  /** out += a b */
  #addProduct(a: Float64Array, b: Float64Array, out: Float64Array): void {
    const n = this.#size
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let value = out[i * n + j]!
        for (let k = 0; k < n; k++) value += a[i * n + k]! * b[k * n + j]!
        out[i * n + j] = value
      }
    }
  }

  /** out += a x */
  #addImage(a: Float64Array, x: Float64Array, out: Float64Array): void {
    const n = this.#size
    for (let i = 0; i < n; i++) {
      let value = out[i]!
      for (let j = 0; j < n; j++) value += a[i * n + j]! * x[j]!
      out[i] = value
    }
  }
}
