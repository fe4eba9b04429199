import { exp } from '@cartkin/numerics'
import type { Stretch } from './stretch.ts'

/** Least distance of two slopes, as a share of the larger, at which their exponentials are told apart. */
const leastSeparation = 1 / 64

/** Whether a sum of exponentials with these two slopes keeps its digits. */
export function areApart(a: number, b: number): boolean {
  return Math.abs(a - b) >= leastSeparation * Math.max(Math.abs(a), Math.abs(b)) && a !== b
}
/** Least gap·τ, below which the difference of two exponentials has lost digits; with derivatives, which lose them twice. */
const leastTurn = { state: 1 / 1024, tangents: 1 / 64 }
/** How much larger the numbers may be of which a state is made than the state itself. */
const mostCancelled = { state: 1024, tangents: 64 }

/**
 * Linear compartments of which none acts on one before it, as sums of exponentials: y_i(τ) = Σ_q c_iq exp(λ_q τ) with the
 * slopes λ_q on the diagonal of the matrix and λ_0 = 0 for what flows in. The factors of a stretch and their derivatives by
 * the parameters are made once; a time then costs as many exponentials as there are slopes.
 *
 * c_iq (λ_q − λ_i) = Σ_(q ≤ j < i) a_ij c_jq, and c_ii what is left of y_i(0). Where two slopes are too close to each other,
 * or a time too close to the start of its stretch, the sum would lose digits, and says so.
 */
export class SumOfExponentials {
  /** Rows of the matrix in triangular order. */
  readonly #order: Int32Array
  readonly #width: number
  readonly #powers: Float64Array
  #stretch: Stretch | undefined
  #time = Number.NaN

  constructor(order: Int32Array) {
    this.#order = order
    this.#width = order.length + 1
    this.#powers = new Float64Array(this.#width)
  }

  /** Forgets the time at hand: the memory of its stretch serves another. */
  forget(): void {
    this.#stretch = undefined
  }

  /** Fills in the factors of a stretch that has its matrix, compartments `x` and derivatives of these (m × k). */
  setUp(stretch: Stretch, x: Float64Array, dx: Float64Array): void {
    this.#stretch = undefined
    stretch.gap = Number.POSITIVE_INFINITY
    stretch.isSum = this.#setFactors(stretch, x)
    for (let p = 0; stretch.isSum && p < stretch.tangents.length; p++) {
      stretch.isSum = this.#setTangents(stretch, p, dx)
    }
  }

  #setFactors(stretch: Stretch, x: Float64Array): boolean {
    const { matrix, slopes, factors, sizes } = stretch
    const width = this.#width
    const order = this.#order
    const last = width - 1
    slopes[0] = 0
    factors[0] = 1
    sizes[0] = 1
    for (let i = 1; i < width; i++) {
      const row = order[i - 1]! * width
      const slope = matrix[row + order[i - 1]!]!
      slopes[i] = slope
      let rest = x[order[i - 1]!]!
      let restSize = Math.abs(rest)
      for (let q = 0; q < i; q++) {
        let sum = 0
        let size = 0
        for (let j = q; j < i; j++) {
          const a = matrix[row + (j === 0 ? last : order[j - 1]!)]!
          sum += a * factors[j * width + q]!
          size += Math.abs(a) * sizes[j * width + q]!
        }
        const place = i * width + q
        factors[place] = 0
        sizes[place] = 0
        if (size === 0) continue
        const distance = this.#distance(stretch, q, i)
        if (Number.isNaN(distance)) return false
        const factor = sum / distance
        factors[place] = factor
        sizes[place] = size / Math.abs(distance)
        rest -= factor
        restSize += sizes[place]!
      }
      factors[i * width + i] = rest
      sizes[i * width + i] = restSize
    }
    return true
  }

  #setTangents(stretch: Stretch, p: number, dx: Float64Array): boolean {
    const { matrix, factors, slopeTangents, factorTangents } = stretch
    const moved = stretch.tangents[p]!
    const width = this.#width
    const order = this.#order
    const last = width - 1
    const slopeFirst = p * width
    const first = p * width * width
    slopeTangents[slopeFirst] = 0
    factorTangents[first] = 0
    for (let i = 1; i < width; i++) {
      const own = order[i - 1]!
      const row = own * width
      const slopeTangent = moved[row + own]!
      slopeTangents[slopeFirst + i] = slopeTangent
      let rest = dx[p * last + own]!
      for (let q = 0; q < i; q++) {
        const place = i * width + q
        let sum = -factors[place]! * (slopeTangents[slopeFirst + q]! - slopeTangent)
        for (let j = q; j < i; j++) {
          const from = row + (j === 0 ? last : order[j - 1]!)
          sum += moved[from]! * factors[j * width + q]! + matrix[from]! * factorTangents[first + j * width + q]!
        }
        factorTangents[first + place] = 0
        if (sum === 0) continue
        const distance = this.#distance(stretch, q, i)
        if (Number.isNaN(distance)) return false
        factorTangents[first + place] = sum / distance
        rest -= sum / distance
      }
      factorTangents[first + i * width + i] = rest
    }
    return true
  }

  /** λ_q − λ_i; NaN where they are too close to each other. */
  #distance(stretch: Stretch, q: number, i: number): number {
    const a = stretch.slopes[q]!
    const b = stretch.slopes[i]!
    if (!areApart(a, b)) return Number.NaN
    stretch.gap = Math.min(stretch.gap, Math.abs(a - b))
    return a - b
  }

  /** Writes the compartments at `t` into `x`; false where they would lose digits. */
  state(stretch: Stretch, t: number, x: Float64Array, kind: 'state' | 'tangents' = 'state'): boolean {
    if (!(stretch.gap * (t - stretch.t) >= leastTurn[kind])) return false
    this.#at(stretch, t)
    const { factors, sizes } = stretch
    const width = this.#width
    const powers = this.#powers
    const most = mostCancelled[kind]
    for (let i = 1; i < width; i++) {
      let sum = 0
      let size = 0
      for (let q = 0, place = i * width; q <= i; q++, place++) {
        sum += factors[place]! * powers[q]!
        size += sizes[place]! * powers[q]!
      }
      if (!(size <= most * Math.abs(sum))) return false
      x[this.#order[i - 1]!] = sum
    }
    return true
  }

  /** Writes ∂x/∂p at `t` into `dx` (m × k), where `state` keeps the digits of 'tangents' there. */
  tangents(stretch: Stretch, t: number, dx: Float64Array): void {
    this.#at(stretch, t)
    const { factors, slopeTangents, factorTangents } = stretch
    const width = this.#width
    const powers = this.#powers
    const passed = t - stretch.t
    const k = width - 1
    for (let p = 0; p < stretch.tangents.length; p++) {
      const slopeFirst = p * width
      const first = p * width * width
      for (let i = 1; i < width; i++) {
        let sum = 0
        for (let q = 0, place = i * width; q <= i; q++, place++) {
          sum +=
            (factorTangents[first + place]! + factors[place]! * slopeTangents[slopeFirst + q]! * passed) * powers[q]!
        }
        dx[p * k + this.#order[i - 1]!] = sum
      }
    }
  }

  /** exp(λ_q τ) of the stretch at `t`. */
  #at(stretch: Stretch, t: number): void {
    if (this.#stretch === stretch && this.#time === t) return
    this.#stretch = stretch
    this.#time = t
    const passed = t - stretch.t
    this.#powers[0] = 1
    for (let q = 1; q < this.#width; q++) this.#powers[q] = exp(stretch.slopes[q]! * passed)
  }
}
