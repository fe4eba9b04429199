import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import { AffineFlow } from './affine-flow.ts'

/** Everything the course between two events follows from. */
export interface Stretch {
  readonly t: number
  /** All states of the model. */
  readonly y: Float64Array
  /** ∂y/∂p, parameter-major. */
  readonly s: Float64Array
  /** Of the augmented system [compartments, 1], whose last row is 0. */
  readonly matrix: Float64Array
  /** Its derivative by each parameter; null where it has none. */
  readonly tangents: readonly (Float64Array | null)[]
}

/** Rates of exchange, and their derivatives by each parameter (null where all are 0), as long as the inputs are of a version. */
interface Rates {
  readonly version: number
  readonly matrix: Float64Array
  readonly tangents: readonly (Float64Array | null)[]
}

/**
 * Reads the rates of linear compartments off a model instance and moves them: amounts after a time are the exponential of
 * the rates times those before, exact to rounding, and so are their derivatives.
 */
export class LinearFlow {
  readonly #instance: ModelInstance
  readonly #sensitivities: ModelSensitivities | null
  readonly #compartments: readonly number[]
  readonly #n: number
  readonly #m: number
  readonly #flow: AffineFlow
  readonly #x: Float64Array
  readonly #image: Float64Array
  readonly #tangent: Float64Array
  #rates: Rates | undefined

  /** @param compartments the states whose rates of change are linear in themselves, with coefficients that stand still. */
  constructor(instance: ModelInstance, sensitivities: ModelSensitivities | null, compartments: readonly number[]) {
    this.#instance = instance
    this.#sensitivities = sensitivities
    this.#compartments = compartments
    this.#n = instance.dimension
    this.#m = sensitivities?.parameterCount ?? 0
    const width = compartments.length + 1
    this.#flow = new AffineFlow(width)
    this.#x = new Float64Array(width)
    this.#image = new Float64Array(width)
    this.#tangent = new Float64Array(width)
  }

  /** What holds from t on, with the state, infusions, switches and parameters as they are now. */
  from(t: number, y: Float64Array, s: Float64Array): Stretch {
    const { matrix: rates, tangents } = this.#ratesAt(t)
    const matrix = rates.slice()
    this.#setInflow(matrix, this.#instance.rates, 0)
    const inflows = this.#sensitivities?.rates
    return {
      t,
      y: y.slice(),
      s: s.slice(),
      matrix,
      tangents: tangents.map((tangent, p) => {
        const isInfused = this.#compartments.some((state) => inflows?.[p * this.#n + state] !== 0)
        if (inflows === undefined || !isInfused) return tangent
        const whole = tangent?.slice() ?? new Float64Array(matrix.length)
        this.#setInflow(whole, inflows, p * this.#n)
        return whole
      }),
    }
  }

  /** Writes the compartments at t into their places in `y`. */
  state(stretch: Stretch, t: number, y: Float64Array): void {
    this.#prepare(stretch, t)
    this.#writeState(y)
  }

  /** Writes their derivatives at t into their places in `s` (m × n). */
  tangents(stretch: Stretch, t: number, s: Float64Array): void {
    this.#prepare(stretch, t)
    this.#writeTangents(stretch, t, s)
  }

  at(stretch: Stretch, t: number, y: Float64Array, s: Float64Array): void {
    this.#prepare(stretch, t)
    this.#writeState(y)
    this.#writeTangents(stretch, t, s)
  }

  #writeState(y: Float64Array): void {
    this.#compartments.forEach((state, k) => {
      y[state] = this.#image[k]!
    })
  }

  #writeTangents(stretch: Stretch, t: number, s: Float64Array): void {
    const [before, after] = [this.#tangent, this.#image]
    for (let p = 0; p < this.#m; p++) {
      const row = p * this.#n
      this.#compartments.forEach((state, k) => {
        before[k] = stretch.s[row + state]!
      })
      before[this.#compartments.length] = 0
      if (t !== stretch.t) this.#flow.applyTangent(stretch.tangents[p]!, this.#x, before, after)
      else after.set(before)
      this.#compartments.forEach((state, k) => {
        s[row + state] = after[k]!
      })
    }
  }

  /** The compartments at t in `#image`. */
  #prepare(stretch: Stretch, t: number): void {
    this.#compartments.forEach((state, k) => {
      this.#x[k] = stretch.y[state]!
    })
    this.#x[this.#compartments.length] = 1
    if (t === stretch.t) {
      this.#image.set(this.#x)
      return
    }
    this.#flow.prepare(stretch.matrix, t - stretch.t)
    this.#flow.apply(this.#x, this.#image)
  }

  #setInflow(matrix: Float64Array, rates: Float64Array, offset: number): void {
    const k = this.#compartments.length
    this.#compartments.forEach((state, i) => {
      matrix[i * (k + 1) + k] = rates[offset + state]!
    })
  }

  #ratesAt(t: number): Rates {
    const { inputVersion: version } = this.#instance
    if (this.#rates?.version === version) return this.#rates
    const n = this.#n
    const zero = new Float64Array(n)
    const jacobian = new Float64Array(n * n)
    this.#instance.jacobian?.(t, zero, jacobian)
    const matrix = this.#matrixOf((row, column) => jacobian[row * n + column]!)
    this.#rates = { version, matrix, tangents: this.#rateTangents(t) }
    return this.#rates
  }

  /** ∂f/∂p is linear in the compartments, as their rates of change are. */
  #rateTangents(t: number): readonly (Float64Array | null)[] {
    const sensitivities = this.#sensitivities
    if (sensitivities === null) return []
    const [n, m] = [this.#n, this.#m]
    const noTangent = new Float64Array(m * n)
    const inflow = sensitivities.rates.slice()
    sensitivities.rates.fill(0)
    const columns = new Map(
      this.#compartments.map((column) => {
        const out = new Float64Array(m * n)
        const unit = new Float64Array(n)
        unit[column] = 1
        sensitivities.tangent(t, unit, noTangent, out)
        return [column, out]
      }),
    )
    sensitivities.rates.set(inflow)
    return Array.from({ length: m }, (_, p) => {
      const tangent = this.#matrixOf((row, column) => columns.get(column)?.[p * n + row] ?? 0)
      return tangent.some((value) => value !== 0) ? tangent : null
    })
  }

  #matrixOf(entry: (row: number, column: number) => number): Float64Array {
    const k = this.#compartments.length
    const matrix = new Float64Array((k + 1) * (k + 1))
    this.#compartments.forEach((row, i) => {
      this.#compartments.forEach((column, j) => {
        matrix[i * (k + 1) + j] = entry(row, column)
      })
    })
    return matrix
  }
}
