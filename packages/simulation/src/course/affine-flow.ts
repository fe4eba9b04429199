import { exp } from '@cartkin/numerics'

/** Terms of the series at a scaled norm of at most 1/2: the remainder is below 2^-60. */
const terms = 18

/**
 * x(τ) of x' = M x, x(0) = x0, for small matrices: scaling and squaring of the series, shifted so that for rates of
 * exchange (no negative entry off the diagonal) every term is positive, and no digit is lost by cancellation.
 *
 * C. Moler, C. Van Loan, "Nineteen dubious ways to compute the exponential of a matrix, twenty-five years later",
 * SIAM Review 45:3–49, 2003, method 3.
 */
export class AffineFlow {
  readonly #size: number
  readonly #scaled: Float64Array
  readonly #power: Float64Array
  readonly #sum: Float64Array
  readonly #product: Float64Array

  /** @param size order of the matrices. */
  constructor(size: number) {
    this.#size = size
    this.#scaled = new Float64Array(size * size)
    this.#power = new Float64Array(size * size)
    this.#sum = new Float64Array(size * size)
    this.#product = new Float64Array(size * size)
  }

  /** Writes exp(M τ) x into `out`; M row-major. */
  apply(matrix: Float64Array, tau: number, x: Float64Array, out: Float64Array): void {
    const n = this.#size
    if (tau === 0) {
      out.set(x)
      return
    }
    let shift = 0
    for (let i = 0; i < n; i++) shift = Math.max(shift, -matrix[i * n + i]! * tau)
    let norm = 0
    for (let j = 0; j < n; j++) {
      let column = 0
      for (let i = 0; i < n; i++) column += Math.abs(matrix[i * n + j]! * tau + (i === j ? shift : 0))
      norm = Math.max(norm, column)
    }
    let halvings = 0
    let scale = 1
    while (norm * scale > 0.5) {
      scale *= 0.5
      halvings++
    }
    for (let i = 0; i < n * n; i++) this.#scaled[i] = matrix[i]! * tau * scale
    for (let i = 0; i < n; i++) this.#scaled[i * n + i] = this.#scaled[i * n + i]! + shift * scale
    this.#series()
    const fall = exp(-shift * scale)
    for (let i = 0; i < n * n; i++) this.#sum[i] = this.#sum[i]! * fall
    for (let k = 0; k < halvings; k++) {
      this.#multiply(this.#sum, this.#sum)
      this.#sum.set(this.#product)
    }
    for (let i = 0; i < n; i++) {
      let value = 0
      for (let j = 0; j < n; j++) value += this.#sum[i * n + j]! * x[j]!
      out[i] = value
    }
  }

  /** The sum of the first powers of the scaled matrix over their factorials. */
  #series(): void {
    const n = this.#size
    const [sum, power] = [this.#sum, this.#power]
    sum.fill(0)
    for (let i = 0; i < n; i++) sum[i * n + i] = 1
    power.set(sum)
    for (let k = 1; k <= terms; k++) {
      this.#multiply(power, this.#scaled)
      for (let i = 0; i < n * n; i++) {
        power[i] = this.#product[i]! / k
        sum[i] = sum[i]! + power[i]!
      }
    }
  }

  #multiply(a: Float64Array, b: Float64Array): void {
    const n = this.#size
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let value = 0
        for (let k = 0; k < n; k++) value += a[i * n + k]! * b[k * n + j]!
        this.#product[i * n + j] = value
      }
    }
  }
}
