import { factorQr, solveQr } from '@cartkin/numerics'

/**
 * Anderson acceleration of a fixed-point iteration x ← g(x): the next iterate is the combination of the last images whose
 * residual g − x is smallest. On n linear equations it ends after n + 1 steps; what g conserves it keeps, as the weights of
 * the combination add up to 1.
 *
 * H. F. Walker, P. Ni, "Anderson acceleration for fixed-point iterations", SIAM J. Numer. Anal. 49, 1715–1735, 2011.
 */
export class Acceleration {
  readonly #depth: number
  /** Differences of residuals and images from one step to the next, the last ones. */
  #residuals: Float64Array[] = []
  #images: Float64Array[] = []
  #last: { readonly residual: Float64Array; readonly image: Float64Array } | undefined

  constructor(depth: number) {
    this.#depth = depth
  }

  /** Forgets all steps so far. */
  restart(): void {
    this.#residuals = []
    this.#images = []
    this.#last = undefined
  }

  /** The next iterate after x with its image g; entries count by their size in units of `scale`. */
  next(x: Float64Array, g: Float64Array, scale: Float64Array): Float64Array {
    const residual = g.map((value, i) => value - x[i]!)
    const last = this.#last
    this.#last = { residual, image: g.slice() }
    if (last === undefined) return g.slice()
    this.#residuals.push(residual.map((value, i) => value - last.residual[i]!))
    this.#images.push(g.map((value, i) => value - last.image[i]!))
    if (this.#residuals.length > this.#depth) {
      this.#residuals.shift()
      this.#images.shift()
    }
    const weights = this.#weights(residual, scale)
    const next = g.slice()
    weights.forEach((weight, k) => {
      const image = this.#images[k]!
      for (let i = 0; i < next.length; i++) next[i] = next[i]! - weight * image[i]!
    })
    return next
  }

  /** The combination of the differences of residuals that is nearest to the residual. */
  #weights(residual: Float64Array, scale: Float64Array): Float64Array {
    const rows = residual.length
    const columns = this.#residuals.length
    const matrix = new Float64Array(rows * columns)
    const lengths = new Float64Array(columns)
    this.#residuals.forEach((difference, k) => {
      let largest = 0
      for (let i = 0; i < rows; i++) largest = Math.max(largest, Math.abs(difference[i]! / scale[i]!))
      lengths[k] = largest
      if (!(largest > 0)) return
      for (let i = 0; i < rows; i++) matrix[i * columns + k] = difference[i]! / scale[i]! / largest
    })
    const right = residual.map((value, i) => value / scale[i]!)
    const reflections = new Float64Array(Math.min(rows, columns))
    const order = new Int32Array(columns)
    const rank = factorQr(matrix, rows, columns, reflections, order, 1e-13)
    const weights = new Float64Array(columns)
    solveQr(matrix, rows, columns, reflections, order, rank, right, weights)
    return weights.map((weight, k) => (lengths[k]! > 0 ? weight / lengths[k]! : 0))
  }
}
