import type { ModelInputs, ModelInstance, ModelSensitivities } from '../compiled-model.ts'
import type { OutputRows } from '../kernel/output-rows.ts'
import type { Model } from '../model.ts'
import type { DosingProperty } from './fixed-roots.ts'
import { type ModelProgram, ModelTape } from './model-program.ts'
import { RegisterFile } from './register-file.ts'
import { SensitivityMachine } from './sensitivity-machine.ts'
import type { SensitivityProgram } from './sensitivity-program.ts'

/**
 * A model instance over tapes. It starts with the text's own parameter values, the switches as long before any τ, and no
 * dose.
 */
export class ModelMachine implements ModelInstance {
  readonly model: Model
  readonly dimension: number
  readonly rates: Float64Array
  readonly #built: ModelProgram
  readonly #registers: RegisterFile
  readonly #parameters: Float64Array
  /** Values of the switches in the segment at hand, then of the dose inputs. */
  readonly #segment: Float64Array
  readonly #instant: Float64Array
  readonly #sensitivityProgram: (parameters: readonly number[]) => SensitivityProgram
  readonly #outputRows: OutputRows
  /** The time for which x(0) and the dosing properties are evaluated. */
  #moment = 0
  readonly #noState: Float64Array
  /** Counts the changes of the parameters, so that sensitivities know when theirs are old. */
  #parameterVersion = 0
  /** Counts the changes of parameters, switches and dose inputs. */
  #inputVersion = 0
  /** Times of the switches where inputs that are linear in time may move them, and the version of these; else null. */
  readonly #movingTimes: Float64Array | null
  #movingVersion = -1
  /** A copy of the parameters, and their version then. */
  #copied = new Float64Array()
  #copiedVersion = -1
  /** The parameters that an instance of a forced model follows. */
  #followed: Float64Array | null = null

  constructor(
    model: Model,
    built: ModelProgram,
    sensitivityProgram: (parameters: readonly number[]) => SensitivityProgram,
    outputRows: OutputRows,
  ) {
    this.model = model
    this.dimension = model.states.length
    this.rates = new Float64Array(this.dimension)
    this.#noState = new Float64Array(this.dimension)
    this.#built = built
    this.#registers = new RegisterFile(built.program)
    this.#parameters = Float64Array.from(model.parameters, ({ value }) => value)
    this.#segment = new Float64Array(model.switches.length + model.doseInputs.length)
    this.#instant = new Float64Array(this.#segment.length)
    const isMoving = model.switches.length > 0 && model.doseInputs.some(({ parameter }) => parameter !== undefined)
    this.#movingTimes = isMoving ? new Float64Array(model.switches.length) : null
    this.#sensitivityProgram = sensitivityProgram
    this.#outputRows = outputRows
    this.setParameters(this.#parameters)
    this.beginSegment(Number.NEGATIVE_INFINITY)
    this.setDoses(Float64Array.from(model.doseInputs, ({ before }) => before))
  }

  setParameters(values: Float64Array): void {
    if (values.length !== this.#parameters.length) {
      throw new RangeError(`the model has ${this.#parameters.length} parameters, got ${values.length} values`)
    }
    this.#parameters.set(values)
    this.#parameterVersion++
    this.#inputVersion++
    this.#registers.setParameters(this.#parameters)
  }

  derivative(t: number, y: Float64Array, dydt: Float64Array): void {
    this.bareDerivative(t, y, dydt)
    for (let i = 0; i < this.dimension; i++) dydt[i] = dydt[i]! + this.rates[i]!
  }

  /** The derivative without the infusion rates. */
  bareDerivative(t: number, y: Float64Array, dydt: Float64Array): void {
    const registers = this.#registers
    registers.run(ModelTape.derivative, t, y)
    const roots = registers.roots(ModelTape.derivative)
    const { values } = registers
    for (let i = 0; i < roots.length; i++) dydt[i] = values[roots[i]!]!
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    const { rows, columns } = this.#built.jacobian
    const { values } = this.#registers
    this.#registers.run(ModelTape.jacobian, t, y)
    const roots = this.#registers.roots(ModelTape.jacobian)
    out.fill(0, 0, this.dimension * this.dimension)
    for (let k = 0; k < roots.length; k++) out[rows[k]! * this.dimension + columns[k]!] = values[roots[k]!]!
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    const { rows } = this.#built.timeDerivative
    this.#registers.run(ModelTape.timeDerivative, t, y)
    out.fill(0, 0, this.dimension)
    for (let k = 0; k < rows.length; k++) out[rows[k]!] = this.#registers.root(ModelTape.timeDerivative, k)
  }

  setMoment(t: number): void {
    this.#moment = t
  }

  get moment(): number {
    return this.#moment
  }

  initialState(out: Float64Array): void {
    this.#evaluateMoment()
    for (let i = 0; i < this.dimension; i++) out[i] = this.#fixed(this.#built.fixed.initial + i)
  }

  bioavailability(state: number): number {
    return this.#property('bioavailability', state, 1)
  }

  lag(state: number): number {
    return this.#property('lag', state, 0)
  }

  duration(state: number): number {
    return this.#property('duration', state, Number.NaN)
  }

  rate(state: number): number {
    return this.#property('rate', state, Number.NaN)
  }

  switchTimes(out: Float64Array): void {
    for (let k = 0; k < this.model.switches.length; k++) out[k] = this.#switchTime(k)
  }

  /** τ of a switch; with inputs that are linear in time it is not in parameters alone. */
  #switchTime(k: number): number {
    const { switchTimes } = this.#built.fixed
    const known = this.#movingTimes
    if (known === null) return this.#fixed(switchTimes + k)
    if (this.#movingVersion !== this.#inputVersion) {
      this.#registers.setSegment(this.#segment)
      this.#registers.run(ModelTape.fixed, this.#moment, this.#noState)
      for (let i = 0; i < known.length; i++) known[i] = this.#fixed(switchTimes + i)
      this.#movingVersion = this.#inputVersion
    }
    return known[k]!
  }

  beginSegment(t: number): void {
    for (let k = 0; k < this.model.switches.length; k++) {
      const tau = this.#switchTime(k)
      const isBefore = this.model.switches[k]?.holds === 'before'
      const value = (isBefore ? t < tau : t >= tau) ? 1 : 0
      if (this.#segment[k] !== value) this.#inputVersion++
      this.#segment[k] = value
    }
    this.#registers.setSegment(this.#segment)
  }

  setDoses(values: Float64Array): void {
    const count = this.model.doseInputs.length
    if (values.length !== count) throw new RangeError(`the model has ${count} dose inputs, got ${values.length} values`)
    if (count === 0) return
    const first = this.model.switches.length
    for (let k = 0; k < count; k++) {
      if (this.model.doseInputs[k]!.parameter !== undefined) continue
      if (!Object.is(this.#segment[first + k], values[k])) this.#inputVersion++
      this.#segment[first + k] = values[k]!
    }
    this.#registers.setSegment(this.#segment)
  }

  setSlope(parameter: number, slope: number, since: number): void {
    const first = this.model.switches.length
    this.model.doseInputs.forEach((input, k) => {
      if (input.parameter !== parameter) return
      const value = input.quantity === 'slope' ? slope : since
      if (!Object.is(this.#segment[first + k], value)) this.#inputVersion++
      this.#segment[first + k] = value
    })
    this.#registers.setSegment(this.#segment)
  }

  get inputs(): ModelInputs {
    if (this.#copiedVersion !== this.#parameterVersion) this.#copied = this.#parameters.slice()
    this.#copiedVersion = this.#parameterVersion
    return { parameters: this.#copied, segment: this.#segment.slice() }
  }

  follow({ parameters, segment }: ModelInputs, start: number): void {
    if (this.#followed !== parameters) this.setParameters(parameters)
    this.#followed = parameters
    this.#segment.set(segment)
    this.#segment[segment.length] = start
    this.#inputVersion++
    this.#registers.setSegment(this.#segment)
  }

  outputs(t: number, y: Float64Array, out: Float64Array): void {
    this.#registers.setSegment(this.inputsAt(t))
    this.#registers.run(ModelTape.outputs, t, y)
    this.#registers.setSegment(this.#segment)
    const roots = this.#registers.roots(ModelTape.outputs)
    for (let k = 0; k < roots.length; k++) out[k] = this.#registers.values[roots[k]!]!
  }

  get isLinear(): boolean {
    return this.#built.isLinear
  }

  isCoupled(state: number, on: number): boolean {
    const { rows, columns } = this.#built.jacobian
    return rows.some((row, k) => row === state && columns[k] === on)
  }

  get conditionCount(): number {
    return this.#registers.roots(ModelTape.conditions).length
  }

  conditionStates(index: number): Int32Array {
    return this.#built.conditionStates[index] ?? new Int32Array(0)
  }

  condition(index: number, t: number, y: Float64Array): number {
    this.#registers.run(ModelTape.conditions, t, y)
    const value = this.#registers.root(ModelTape.conditions, index)
    return Number.isNaN(value) ? 1 : value
  }

  get outputStates(): Int32Array {
    return this.#outputRows.states
  }

  outputRows(count: number, times: Float64Array, states: Float64Array, out: Float64Array): void {
    this.#outputRows.compute(this, count, times, states, out)
  }

  sensitivities(parameters: readonly number[]): ModelSensitivities {
    for (const index of parameters) {
      if (!(Number.isInteger(index) && index >= 0 && index < this.#parameters.length)) {
        throw new RangeError(`there is no parameter ${index}; the model has ${this.#parameters.length}`)
      }
    }
    return new SensitivityMachine(this, this.#built, this.#sensitivityProgram(parameters))
  }

  /** What sensitivities and kernels share with this instance. */
  get parameterValues(): Float64Array {
    return this.#parameters
  }

  get parameterVersion(): number {
    return this.#parameterVersion
  }

  /** Another number after every change of the parameters, the switches of the segment or the dose inputs. */
  get inputVersion(): number {
    return this.#inputVersion
  }

  /** Switches of the segment, then dose inputs. */
  get segmentInputs(): Float64Array {
    return this.#segment
  }

  /** The switches at `t` itself, then the dose inputs; the array is used again by the next call. */
  inputsAt(t: number): Float64Array {
    const { switches } = this.model
    const instant = this.#instant
    for (let k = 0; k < switches.length; k++) {
      const { holds, atTime } = switches[k]!
      const tau = this.#switchTime(k)
      const isOn = holds === 'before' ? t < tau : t > tau
      instant[k] = isOn || (atTime && t === tau) ? 1 : 0
    }
    for (let k = switches.length; k < instant.length; k++) instant[k] = this.#segment[k]!
    return instant
  }

  /** Computes x(0) and dosing properties that are not in parameters alone. */
  #evaluateMoment(): void {
    const registers = this.#registers
    if (registers.program.tapes[ModelTape.fixed]?.instructions === 0) return
    registers.setSegment(this.inputsAt(this.#moment))
    registers.run(ModelTape.fixed, this.#moment, this.#noState)
    registers.setSegment(this.#segment)
  }

  #fixed(place: number): number {
    return this.#registers.root(ModelTape.fixed, place)
  }

  #property(property: DosingProperty, state: number, absent: number): number {
    const place = this.#built.fixed.places[property].get(state)
    if (place === undefined) return absent
    this.#evaluateMoment()
    return this.#fixed(place)
  }
}
