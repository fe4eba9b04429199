import type { ModelSensitivities } from '../compiled-model.ts'
import type { DosingProperty } from './fixed-roots.ts'
import type { ModelMachine } from './model-machine.ts'
import type { ModelProgram, SparseDerivatives } from './model-program.ts'
import { RegisterFile } from './register-file.ts'
import { type SensitivityProgram, SensitivityTape } from './sensitivity-program.ts'

/** Derivatives of a model instance over tapes: sparse matrix-vector products with the entries the tapes compute. */
export class SensitivityMachine implements ModelSensitivities {
  readonly dimension: number
  readonly parameterCount: number
  readonly rates: Float64Array
  readonly #machine: ModelMachine
  readonly #base: ModelProgram
  readonly #built: SensitivityProgram
  readonly #registers: RegisterFile
  /** Non-zero places (i, l) of Σ_c ∂²f_i/∂y_c∂y_l · k_c, and for each entry of the half Hessian its two places there. */
  readonly #contraction: Contraction
  /** Second derivatives at the linearization point; other tapes may run while they are in use. */
  readonly #second: Float64Array
  readonly #noState: Float64Array
  readonly #scales: Float64Array
  #scalesVersion = -1
  /** The parameter version for which the registers' fixed values hold. */
  #version = -1

  constructor(machine: ModelMachine, base: ModelProgram, built: SensitivityProgram) {
    this.#machine = machine
    this.#base = base
    this.#built = built
    this.dimension = machine.dimension
    this.parameterCount = built.parameters.length
    this.rates = new Float64Array(built.parameters.length * machine.dimension)
    this.#registers = new RegisterFile(built.program)
    this.#noState = new Float64Array(machine.dimension)
    this.#scales = new Float64Array(built.parameters.length)
    this.#contraction = contractionOf(built, base.timeDerivative.rows, this.dimension)
    this.#second = new Float64Array(this.#registers.roots(SensitivityTape.linearization).length)
  }

  /** What a kernel shares with these sensitivities. */
  get machine(): ModelMachine {
    return this.#machine
  }

  get program(): SensitivityProgram {
    return this.#built
  }

  get parameterScales(): Float64Array {
    const { parameterValues, parameterVersion } = this.#machine
    if (this.#scalesVersion === parameterVersion) return this.#scales
    this.#scalesVersion = parameterVersion
    this.#built.parameters.forEach((parameter, j) => {
      this.#scales[j] = Math.abs(parameterValues[parameter]!)
    })
    return this.#scales
  }

  derivative(t: number, y: Float64Array, dydt: Float64Array): void {
    this.#machine.derivative(t, y, dydt)
  }

  jacobian(t: number, y: Float64Array, out: Float64Array): void {
    this.#machine.jacobian(t, y, out)
  }

  timeDerivative(t: number, y: Float64Array, out: Float64Array): void {
    this.#machine.timeDerivative(t, y, out)
  }

  tangent(t: number, y: Float64Array, s: Float64Array, out: Float64Array): void {
    const registers = this.#fresh(this.#machine.segmentInputs)
    registers.run(SensitivityTape.tangent, t, y)
    const { jacobian, byParameter } = this.#built
    const n = this.dimension
    const roots = registers.roots(SensitivityTape.tangent)
    out.set(this.rates)
    this.#scatter(byParameter, roots, jacobian.nodes.length, out, n)
    this.#multiply(jacobian, roots, 0, s, out, n)
  }

  linearize(t: number, y: Float64Array): void {
    const registers = this.#fresh(this.#machine.segmentInputs)
    registers.run(SensitivityTape.linearization, t, y)
    const roots = registers.roots(SensitivityTape.linearization)
    for (let e = 0; e < roots.length; e++) this.#second[e] = registers.values[roots[e]!]!
  }

  jacobianTangent(s: Float64Array, k: Float64Array, out: Float64Array): void {
    out.fill(0, 0, this.parameterCount * this.dimension)
    this.#contract(k)
    this.#multiplyContraction(s, out)
    this.#addSecondByParameter(k, out)
  }

  /** Σ_c ∂²f_i/∂y_c∂y_l · k_c into the entries of the contraction. */
  #contract(k: Float64Array): void {
    const { jacobian, jacobianByState } = this.#built
    const second = this.#second
    const { entries, direct, mirrored } = this.#contraction
    entries.fill(0)
    for (let e = 0; e < direct.length; e++) {
      const value = second[e]!
      const c = jacobian.columns[jacobianByState.rows[e]!]!
      const l = jacobianByState.columns[e]!
      entries[direct[e]!]! += value * k[c]!
      if (l !== c) entries[mirrored[e]!]! += value * k[l]!
    }
  }

  /** out_j += contraction · s_j. */
  #multiplyContraction(s: Float64Array, out: Float64Array): void {
    const { rows, columns, entries } = this.#contraction
    for (let j = 0; j < this.parameterCount; j++) {
      const base = j * this.dimension
      for (let e = 0; e < entries.length; e++) out[base + rows[e]!]! += entries[e]! * s[base + columns[e]!]!
    }
  }

  /** out_j += (∂J/∂p_j) k. */
  #addSecondByParameter(k: Float64Array, out: Float64Array): void {
    const { jacobian, jacobianByState, jacobianByParameter } = this.#built
    const second = this.#second
    const n = this.dimension
    const offset = jacobianByState.rows.length
    for (let e = 0; e < jacobianByParameter.rows.length; e++) {
      const entry = jacobianByParameter.rows[e]!
      const place = jacobianByParameter.columns[e]! * n + jacobian.rows[entry]!
      out[place]! += second[offset + e]! * k[jacobian.columns[entry]!]!
    }
  }

  timeTangent(s: Float64Array, out: Float64Array): void {
    const { jacobianByState, jacobianByParameter, timeByState, timeByParameter } = this.#built
    const { rows } = this.#base.timeDerivative
    const second = this.#second
    const n = this.dimension
    out.fill(0, 0, this.parameterCount * n)
    const byState = jacobianByState.nodes.length + jacobianByParameter.nodes.length
    for (let e = 0; e < timeByState.rows.length; e++) {
      const value = second[byState + e]!
      const i = rows[timeByState.rows[e]!]!
      const l = timeByState.columns[e]!
      for (let j = 0; j < this.parameterCount; j++) out[j * n + i]! += value * s[j * n + l]!
    }
    const byParameter = byState + timeByState.nodes.length
    for (let e = 0; e < timeByParameter.rows.length; e++) {
      const i = rows[timeByParameter.rows[e]!]!
      out[timeByParameter.columns[e]! * n + i]! += second[byParameter + e]!
    }
  }

  /** See `SparseArithmetic`; the order of operations is that of kernels. */
  stageTangent(
    t: number,
    u: Float64Array,
    v: Float64Array,
    s: Float64Array,
    k: Float64Array,
    slope: number,
    added: Float64Array,
    out: Float64Array,
  ): void {
    const registers = this.#fresh(this.#machine.segmentInputs)
    registers.run(SensitivityTape.tangent, t, u)
    const { jacobian, byParameter, jacobianByState, jacobianByParameter, timeByState, timeByParameter } = this.#built
    const timeRows = this.#base.timeDerivative.rows
    const roots = registers.roots(SensitivityTape.tangent)
    const second = this.#second
    const n = this.dimension
    const timeOffset = jacobianByState.rows.length + jacobianByParameter.rows.length
    const timeParameterOffset = timeOffset + timeByState.rows.length
    // what does not depend on the sensitivities
    out.fill(0, 0, this.parameterCount * n)
    this.#scatter(byParameter, roots, jacobian.nodes.length, out, n)
    this.#addSecondByParameter(k, out)
    for (let e = 0; e < timeByParameter.rows.length; e++) {
      const place = timeByParameter.columns[e]! * n + timeRows[timeByParameter.rows[e]!]!
      out[place]! += slope * second[timeParameterOffset + e]!
    }
    for (let e = 0; e < out.length; e++) out[e] = out[e]! + this.rates[e]! + added[e]!
    this.#multiply(jacobian, roots, 0, v, out, n)
    const { entries, timed } = this.#contraction
    this.#contract(k)
    for (let e = 0; e < timed.length; e++) entries[timed[e]!]! += slope * second[timeOffset + e]!
    this.#multiplyContraction(s, out)
  }

  outputs(t: number, y: Float64Array, s: Float64Array, out: Float64Array): void {
    const registers = this.#fresh(this.#machine.inputsAt(t))
    registers.run(SensitivityTape.outputs, t, y)
    const { outputsByState, outputsByParameter } = this.#built
    const count = this.#machine.model.outputs.length
    const roots = registers.roots(SensitivityTape.outputs)
    out.fill(0, 0, this.parameterCount * count)
    this.#multiply(outputsByState, roots, 0, s, out, count)
    this.#scatter(outputsByParameter, roots, outputsByState.nodes.length, out, count)
  }

  initialState(out: Float64Array): void {
    const n = this.dimension
    const registers = this.#atMoment()
    const { rows, columns } = this.#built.fixedByParameter
    const { initial } = this.#base.fixed
    out.fill(0, 0, this.parameterCount * n)
    for (let e = 0; e < rows.length; e++) {
      const i = rows[e]! - initial
      if (i >= 0 && i < n) out[columns[e]! * n + i] = registers.root(SensitivityTape.fixed, e)
    }
  }

  bioavailability(state: number, out: Float64Array): void {
    this.#property('bioavailability', state, out)
  }

  lag(state: number, out: Float64Array): void {
    this.#property('lag', state, out)
  }

  duration(state: number, out: Float64Array): void {
    this.#property('duration', state, out)
  }

  rate(state: number, out: Float64Array): void {
    this.#property('rate', state, out)
  }

  switchTime(index: number, out: Float64Array): void {
    this.#fixedGradient(this.#base.fixed.switchTimes + index, out)
  }

  #property(property: DosingProperty, state: number, out: Float64Array): void {
    const place = this.#base.fixed.places[property].get(state)
    if (place === undefined) out.fill(0, 0, this.parameterCount)
    else this.#fixedGradient(place, out)
  }

  #fixedGradient(place: number, out: Float64Array): void {
    const registers = this.#atMoment()
    const { rows, columns } = this.#built.fixedByParameter
    out.fill(0, 0, this.parameterCount)
    for (let e = 0; e < rows.length; e++) {
      if (rows[e] === place) out[columns[e]!] = registers.root(SensitivityTape.fixed, e)
    }
  }

  /** The registers with the derivatives of x(0), switch times and dosing properties at the instance's moment. */
  #atMoment(): RegisterFile {
    const { moment } = this.#machine
    const registers = this.#fresh(this.#machine.inputsAt(moment))
    if (registers.program.tapes[SensitivityTape.fixed]?.instructions !== 0) {
      registers.run(SensitivityTape.fixed, moment, this.#noState)
    }
    return registers
  }

  /** The registers with the instance's present parameters and the given switches and dose inputs. */
  #fresh(inputs: Float64Array): RegisterFile {
    if (this.#version !== this.#machine.parameterVersion) {
      this.#registers.setParameters(this.#machine.parameterValues)
      this.#version = this.#machine.parameterVersion
    }
    this.#registers.setSegment(inputs)
    return this.#registers
  }

  /** out_j += A · s_j, A sparse with its values at `roots[offset …]`, `height` rows. */
  #multiply(
    { rows, columns }: SparseDerivatives,
    roots: Int32Array,
    offset: number,
    s: Float64Array,
    out: Float64Array,
    height: number,
  ): void {
    const { values } = this.#registers
    const n = this.dimension
    for (let j = 0; j < this.parameterCount; j++) {
      for (let e = 0; e < rows.length; e++) {
        out[j * height + rows[e]!]! += values[roots[offset + e]!]! * s[j * n + columns[e]!]!
      }
    }
  }

  /** out_j += column j of a sparse matrix. */
  #scatter(
    { rows, columns }: SparseDerivatives,
    roots: Int32Array,
    offset: number,
    out: Float64Array,
    height: number,
  ): void {
    const { values } = this.#registers
    for (let e = 0; e < rows.length; e++) out[columns[e]! * height + rows[e]!]! += values[roots[offset + e]!]!
  }
}

interface Contraction {
  readonly rows: Int32Array
  readonly columns: Int32Array
  /** Scratch: the value at each place. */
  readonly entries: Float64Array
  /** Place of (i, l) and of (i, c) for each entry ∂²f_i/∂y_c∂y_l of the half Hessian. */
  readonly direct: Int32Array
  readonly mirrored: Int32Array
  /** Place of (i, l) for each entry ∂²f_i/∂t∂y_l. */
  readonly timed: Int32Array
}

function contractionOf(
  { jacobian, jacobianByState, timeByState }: SensitivityProgram,
  timeRows: Int32Array,
  n: number,
): Contraction {
  const places = new Map<number, number>()
  const placeOf = (i: number, l: number): number => {
    const key = i * n + l
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, places.size)
    return places.size - 1
  }
  const count = jacobianByState.rows.length
  const direct = new Int32Array(count)
  const mirrored = new Int32Array(count)
  for (let e = 0; e < count; e++) {
    const i = jacobian.rows[jacobianByState.rows[e]!]!
    direct[e] = placeOf(i, jacobianByState.columns[e]!)
    mirrored[e] = placeOf(i, jacobian.columns[jacobianByState.rows[e]!]!)
  }
  const timed = Int32Array.from(timeByState.rows, (row, e) => placeOf(timeRows[row]!, timeByState.columns[e]!))
  const keys = [...places.keys()]
  return {
    rows: Int32Array.from(keys, (key) => Math.floor(key / n)),
    columns: Int32Array.from(keys, (key) => key % n),
    entries: new Float64Array(keys.length),
    direct,
    mirrored,
    timed,
  }
}
