import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import { AffineFlow } from './affine-flow.ts'
import { Stretch } from './stretch.ts'
import { areApart, SumOfExponentials } from './sum-of-exponentials.ts'
import { triangularOrder } from './triangular-order.ts'

/**
 * Reads the rates of linear compartments off a model instance and moves them: amounts after a time are the exponential of
 * the rates times those before, exact to rounding, and so are their derivatives.
 *
 * It keeps the stretches of one course after another in the same memory.
 */
export class LinearFlow {
  readonly instance: ModelInstance
  readonly sensitivities: ModelSensitivities | null
  readonly #compartments: Int32Array
  readonly #n: number
  readonly #m: number
  readonly #k: number
  #flow: AffineFlow | undefined
  /** Null where the compartments act on each other in a ring. */
  readonly #sum: SumOfExponentials | null
  /** 1 for each pair of compartments of which the first depends on the second, in however many steps. */
  readonly #depends: Uint8Array
  readonly #stretches: Stretch[] = []
  #count = 0
  readonly #moving: { readonly y: Float64Array; readonly s: Float64Array }
  /** Room for the states of one time. */
  readonly row: Float64Array
  /** The compartments, and 1; what they become; the same of derivatives. */
  readonly #x: Float64Array
  readonly #image: Float64Array
  readonly #tangent: Float64Array
  readonly #dx: Float64Array
  /** Of the whole model: no amounts, one amount, rates of change, and matrices of them. */
  readonly #zero: Float64Array
  readonly #unit: Float64Array
  readonly #noTangent: Float64Array
  readonly #slope: Float64Array
  readonly #slopeTangents: Float64Array
  readonly #jacobian: Float64Array
  readonly #rates: { version: number; readonly matrix: Float64Array; readonly tangents: Float64Array }
  /** Stretch and time for which the matrix exponential was made last. */
  #prepared: Stretch | undefined
  #preparedTime = Number.NaN

  /** @param compartments the states whose rates of change are linear in themselves, with coefficients that stand still. */
  constructor(instance: ModelInstance, sensitivities: ModelSensitivities | null, compartments: ArrayLike<number>) {
    const n = instance.dimension
    const m = sensitivities?.parameterCount ?? 0
    const k = compartments.length
    const width = k + 1
    this.instance = instance
    this.sensitivities = sensitivities
    this.#compartments = Int32Array.from(compartments)
    this.#n = n
    this.#m = m
    this.#k = k
    this.#moving = { y: new Float64Array(n), s: new Float64Array(m * n) }
    this.row = new Float64Array(n)
    this.#depends = dependence(k, (row, column) => instance.isCoupled(compartments[row]!, compartments[column]!))
    const order = triangularOrder(k, (row, column) => this.#depends[row * k + column] === 1)
    this.#sum = order && new SumOfExponentials(order)
    this.#x = new Float64Array(width)
    this.#image = new Float64Array(width)
    this.#tangent = new Float64Array(width)
    this.#dx = new Float64Array(m * k)
    this.#zero = new Float64Array(n)
    this.#unit = new Float64Array(n)
    this.#noTangent = new Float64Array(m * n)
    this.#slope = new Float64Array(n)
    this.#slopeTangents = new Float64Array(m * n)
    this.#jacobian = new Float64Array(n * n)
    this.#rates = {
      version: -1,
      matrix: new Float64Array(width * width),
      tangents: new Float64Array(m * width * width),
    }
  }

  /** Whether no compartment depends on one that depends on it. */
  get isTriangular(): boolean {
    return this.#sum !== null
  }

  /** Whether sums of exponentials keep their digits with the inputs as they are, whatever flows in. */
  isApart(t: number): boolean {
    if (this.#sum === null) return false
    if (this.#rates.version !== this.instance.inputVersion) this.#readRates(t)
    const k = this.#k
    const { matrix } = this.#rates
    const slope = (i: number) => matrix[i * (k + 1) + i]!
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        if (j !== i && this.#depends[i * k + j] === 1 && !areApart(slope(i), slope(j))) return false
      }
    }
    return true
  }

  /** Forgets the stretches of the course before, and gives the place where the states and derivatives go on from these. */
  start(y0: Float64Array, s0: Float64Array): { readonly y: Float64Array; readonly s: Float64Array } {
    this.#count = 0
    this.#prepared = undefined
    this.#sum?.forget()
    this.#moving.y.set(y0)
    if (this.#m > 0) this.#moving.s.set(s0)
    return this.#moving
  }

  /** How many stretches the course has by now. */
  get count(): number {
    return this.#count
  }

  /** The last stretch that begins by t, or before t; undefined before the first. */
  at(t: number, side: 'before' | 'after'): Stretch | undefined {
    const stretches = this.#stretches
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      const from = stretches[middle]!.t
      if (side === 'before' ? from >= t : from > t) high = middle
      else low = middle + 1
    }
    return low === 0 ? undefined : stretches[low - 1]
  }

  /** What holds from t on, with the state, infusions, switches and parameters as they are now. */
  from(t: number, y: Float64Array, s: Float64Array): void {
    if (this.#count === this.#stretches.length) this.#stretches.push(new Stretch(this.#n, this.#m, this.#k))
    const stretch = this.#stretches[this.#count++]!
    stretch.t = t
    stretch.y.set(y)
    stretch.s.set(s)
    this.#setMatrices(stretch, t)
    if (this.#sum === null) return
    this.#readCompartments(stretch)
    const k = this.#k
    for (let p = 0; p < this.#m; p++) {
      for (let i = 0; i < k; i++) this.#dx[p * k + i] = s[p * this.#n + this.#compartments[i]!]!
    }
    this.#sum.setUp(stretch, this.#x, this.#dx)
  }

  /** Writes the states at t of a stretch into `y`. */
  state(stretch: Stretch, t: number, y: Float64Array): void {
    for (let i = 0; i < this.#n; i++) y[i] = stretch.y[i]!
    if (t === stretch.t) return
    const image = this.#image
    if (!(stretch.isSum && this.#sum?.state(stretch, t, image) === true)) {
      this.#prepare(stretch, t).apply(this.#x, image)
    }
    for (let i = 0; i < this.#k; i++) y[this.#compartments[i]!] = image[i]!
  }

  /** Writes their derivatives at t into `s` (m × n). */
  tangents(stretch: Stretch, t: number, s: Float64Array): void {
    const n = this.#n
    const m = this.#m
    const k = this.#k
    for (let i = 0; i < m * n; i++) s[i] = stretch.s[i]!
    if (t === stretch.t) return
    const compartments = this.#compartments
    const before = this.#tangent
    const after = this.#image
    if (stretch.isSum && this.#sum?.state(stretch, t, after, 'tangents') === true) {
      this.#sum.tangents(stretch, t, this.#dx)
      for (let p = 0; p < m; p++) for (let i = 0; i < k; i++) s[p * n + compartments[i]!] = this.#dx[p * k + i]!
      return
    }
    const flow = this.#prepare(stretch, t)
    for (let p = 0; p < m; p++) {
      for (let i = 0; i < k; i++) before[i] = stretch.s[p * n + compartments[i]!]!
      before[k] = 0
      flow.applyTangent(stretch.isMoving[p] === 1 ? stretch.tangents[p]! : null, this.#x, before, after)
      for (let i = 0; i < k; i++) s[p * n + compartments[i]!] = after[i]!
    }
  }

  #readCompartments(stretch: Stretch): void {
    for (let i = 0; i < this.#k; i++) this.#x[i] = stretch.y[this.#compartments[i]!]!
    this.#x[this.#k] = 1
  }

  /** Makes the matrix exponential, and puts the compartments of the stretch's start in their place. */
  #prepare(stretch: Stretch, t: number): AffineFlow {
    this.#flow ??= new AffineFlow(this.#k + 1)
    const flow = this.#flow
    this.#readCompartments(stretch)
    if (this.#prepared === stretch && this.#preparedTime === t) return flow
    this.#prepared = stretch
    this.#preparedTime = t
    flow.prepare(stretch.matrix, t - stretch.t)
    return flow
  }

  /** Rates of exchange, and what flows in: the rates of change of no amounts. */
  #setMatrices(stretch: Stretch, t: number): void {
    const { instance, sensitivities } = this
    const n = this.#n
    const m = this.#m
    const k = this.#k
    const compartments = this.#compartments
    const width = k + 1
    if (this.#rates.version !== instance.inputVersion) this.#readRates(t)
    const { matrix, tangents } = this.#rates
    stretch.matrix.set(matrix)
    instance.derivative(t, this.#zero, this.#slope)
    for (let i = 0; i < k; i++) stretch.matrix[i * width + k] = this.#slope[compartments[i]!]!
    if (sensitivities === null) return
    sensitivities.tangent(t, this.#zero, this.#noTangent, this.#slopeTangents)
    for (let p = 0; p < m; p++) {
      const moved = stretch.tangents[p]!
      let isMoving = 0
      for (let i = 0; i < width * width; i++) moved[i] = tangents[p * width * width + i]!
      for (let i = 0; i < k; i++) moved[i * width + k] = this.#slopeTangents[p * n + compartments[i]!]!
      for (let i = 0; i < width * width; i++) if (moved[i] !== 0) isMoving = 1
      stretch.isMoving[p] = isMoving
    }
  }

  /** Rates of exchange and their derivatives, as long as the inputs are of a version. */
  #readRates(t: number): void {
    const { instance, sensitivities } = this
    const n = this.#n
    const m = this.#m
    const k = this.#k
    const compartments = this.#compartments
    const width = k + 1
    const jacobian = this.#jacobian
    const { matrix, tangents } = this.#rates
    this.#rates.version = instance.inputVersion
    instance.jacobian?.(t, this.#zero, jacobian)
    for (let i = 0; i < k; i++) {
      const row = compartments[i]! * n
      for (let j = 0; j < k; j++) matrix[i * width + j] = jacobian[row + compartments[j]!]!
    }
    if (sensitivities === null) return
    sensitivities.linearize(t, this.#zero)
    for (let j = 0; j < k; j++) {
      const column = compartments[j]!
      this.#unit[column] = 1
      sensitivities.jacobianTangent(this.#noTangent, this.#unit, this.#slopeTangents)
      this.#unit[column] = 0
      for (let p = 0; p < m; p++) {
        for (let i = 0; i < k; i++) {
          tangents[(p * width + i) * width + j] = this.#slopeTangents[p * n + compartments[i]!]!
        }
      }
    }
  }
}

function dependence(size: number, isDirect: (row: number, column: number) => boolean): Uint8Array {
  const depends = new Uint8Array(size * size)
  for (let i = 0; i < size * size; i++) depends[i] = isDirect(Math.floor(i / size), i % size) ? 1 : 0
  for (let through = 0; through < size; through++) {
    for (let row = 0; row < size; row++) {
      if (depends[row * size + through] === 0) continue
      for (let column = 0; column < size; column++) {
        if (depends[through * size + column] === 1) depends[row * size + column] = 1
      }
    }
  }
  return depends
}
