import type { Tolerances } from 'ode-ts'
import type { JacobianEntry } from './kernel.ts'
import type { KernelMemory } from './kernel-memory.ts'

/**
 * Estimates the spectral radius of the slowly changing Jacobian by power iteration, continued from call to call, in the
 * norm weighted by atol + rtol·|y|; as the plain steppers do, but with the Jacobian's entries that a kernel holds.
 */
export class StiffnessEstimate {
  readonly #memory: KernelMemory
  readonly #lane: number
  readonly #entries: readonly JacobianEntry[]
  readonly #rtol: number
  readonly #atol: Float64Array
  readonly #v: Float64Array
  readonly #product: Float64Array
  readonly #y: Float64Array
  /** atol + rtol·|y|. */
  readonly #weights: Float64Array
  #isFresh = true
  #lastRatio = 0

  constructor(memory: KernelMemory, lane: number, { rtol, atol }: Tolerances) {
    const n = memory.kernel.dimension
    this.#memory = memory
    this.#lane = lane
    this.#entries = memory.kernel.slots.jacobian
    this.#rtol = rtol
    this.#atol = atol
    this.#v = new Float64Array(n)
    this.#product = new Float64Array(n)
    this.#y = new Float64Array(n)
    this.#weights = new Float64Array(n)
  }

  /** Estimate for the last attempt: one product, a few at the first call. */
  radius(): number {
    const v = this.#v
    const y = this.#y
    this.#memory.getVector(this.#memory.kernel.slots.y0, this.#lane, y)
    const weights = this.#weights
    for (let i = 0; i < v.length; i++) weights[i] = this.#atol[i]! + this.#rtol * Math.abs(y[i]!)
    if (this.#isFresh) {
      for (let i = 0; i < v.length; i++) v[i] = weights[i]! * (1 + (i % 7) / 8)
      this.#normalize(this.#norm(v))
    }
    const rounds = this.#isFresh ? 4 : 1
    this.#isFresh = false
    let before = this.#lastRatio
    for (let round = 0; round < rounds; round++) {
      this.#multiply()
      const ratio = this.#norm(this.#product) / this.#norm(v)
      before = this.#lastRatio
      this.#lastRatio = ratio
      if (!(ratio > 0 && ratio < Number.POSITIVE_INFINITY)) {
        this.#isFresh = true
        return ratio === 0 ? 0 : Number.POSITIVE_INFINITY
      }
      v.set(this.#product)
      this.#normalize(this.#norm(v))
    }
    // With a complex pair of eigenvalues single ratios swing about their geometric mean.
    return Math.sqrt(before * this.#lastRatio)
  }

  #multiply(): void {
    const product = this.#product
    product.fill(0)
    for (const { row, column, entry } of this.#entries) {
      const value = entry.kind === 'slot' ? entry.sign * this.#memory.get(entry.slot, this.#lane) : entry.value
      product[row] = product[row]! + value * this.#v[column]!
    }
  }

  #normalize(size: number): void {
    const v = this.#v
    for (let i = 0; i < v.length; i++) v[i] = v[i]! / size
  }

  /** In units of the weights. */
  #norm(v: Float64Array): number {
    const weights = this.#weights
    let sum = 0
    for (let i = 0; i < v.length; i++) {
      const ratio = v[i]! / weights[i]!
      sum += ratio * ratio
    }
    return Math.sqrt(sum / v.length)
  }
}
