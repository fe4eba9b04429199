import type { ModelMachine } from '../tape/model-machine.ts'
import type { Kernel } from './kernel.ts'
import type { KernelMachine } from './kernel-machine.ts'

/**
 * The memory of a kernel as one stepper sees it: in each lane the inputs of a model instance, and the state of its run.
 * `open` comes before anything else whenever another stepper may have run in between.
 */
export class KernelMemory {
  readonly kernel: Kernel
  readonly #machine: KernelMachine
  readonly #values: Float64Array
  readonly #rtol: number
  readonly #atol: Float64Array
  readonly #versions: number[]
  readonly #denseView: Float64Array
  #hasDense = false
  #hasTangentRows = false
  /** What the memory held when another stepper took it. */
  #kept: Float64Array | undefined
  #openings = 0

  constructor(machine: KernelMachine, rtol: number, atol: Float64Array) {
    const { kernel } = machine
    const { y0 } = kernel.slots
    this.kernel = kernel
    this.#machine = machine
    this.#values = machine.values
    this.#rtol = rtol
    this.#atol = atol
    this.#versions = new Array<number>(kernel.lanes).fill(-1)
    this.#denseView = machine.values.subarray(y0, y0 + (2 + kernel.denseRows) * kernel.dimension)
  }

  /** How often other steppers had the memory in between: what they left in buffers is not this one's. */
  get openings(): number {
    return this.#openings
  }

  get numbers(): Float64Array {
    return this.#machine.numbers
  }

  open(): void {
    this.#machine.open(this)
  }

  /** Nobody will open it again. */
  release(): void {
    this.#kept = undefined
    this.#machine.release(this)
  }

  /** Takes what the memory holds into keeping; called by the machine. */
  keep(values: Float64Array): void {
    this.#kept = values
  }

  /** Puts back what was kept, or at first the tolerances; called by the machine. */
  resume(): void {
    this.#openings++
    if (this.#kept !== undefined) {
      this.#values.set(this.#kept)
      this.#kept = undefined
      return
    }
    const { slots, dimension: n, lanes } = this.kernel
    for (let lane = 0; lane < lanes; lane++) {
      this.set(slots.rtol, lane, this.#rtol)
      this.setVector(slots.atol, lane, this.#atol)
      if (n % 2 === 1) this.set(slots.atol + n, lane, 1)
    }
  }

  set(slot: number, lane: number, value: number): void {
    this.#values[slot * this.kernel.lanes + lane] = value
  }

  /** Sets all bits of a slot, or none. */
  setBits(slot: number, lane: number, isSet: boolean): void {
    this.#machine.bits[slot * this.kernel.lanes + lane] = isSet ? -1n : 0n
  }

  get(slot: number, lane: number): number {
    return this.#values[slot * this.kernel.lanes + lane]!
  }

  setVector(slot: number, lane: number, vector: Float64Array): void {
    const { lanes } = this.kernel
    const values = this.#values
    for (let i = 0, at = slot * lanes + lane; i < vector.length; i++, at += lanes) values[at] = vector[i]!
  }

  getVector(slot: number, lane: number, out: Float64Array): void {
    const { lanes } = this.kernel
    const values = this.#values
    for (let i = 0, at = slot * lanes + lane; i < out.length; i++, at += lanes) out[i] = values[at]!
  }

  attempt(flags: number): void {
    this.#hasDense = false
    this.#hasTangentRows = false
    this.#machine.functions.attempt(flags)
  }

  march(flags: number): void {
    this.#hasDense = false
    this.#machine.functions.march?.(flags)
  }

  /** Goes on with the samples of the last step of a march. */
  sample(): void {
    this.#machine.functions.sample?.()
  }

  /** Estimates h·|λ| of the last accepted step of an explicit method. */
  estimateStiffness(): void {
    this.#machine.functions.stiffness?.()
  }

  setAddress(slot: number, lane: number, address: number): void {
    this.#machine.words[2 * (slot * this.kernel.lanes + lane)] = address
  }

  getAddress(slot: number, lane: number): number {
    return this.#machine.words[2 * (slot * this.kernel.lanes + lane)]!
  }

  /** Computes f at slot t and y0 of every lane; the next attempt is to evaluate anew. */
  evaluateSlope(): void {
    this.#machine.functions.slope()
  }

  carryTangents(isFirst: boolean): void {
    this.#machine.functions.tangents?.(isFirst ? 1 : 0)
  }

  /** Computes the rows of the continuous extension of the sensitivities, for the last attempt. */
  extendTangents(): void {
    if (!this.#hasTangentRows) this.#machine.functions.denseTangents?.()
    this.#hasTangentRows = true
  }

  /** Estimates the error of the sensitivities over the last accepted step. */
  estimateTangentError(): void {
    this.#machine.functions.tangentError?.()
  }

  /** How far the sensitivities of two stages at the end of the last accepted step are apart; false where there is no such pair. */
  estimateTangentStiffness(): boolean {
    const { tangentStiffness } = this.#machine.functions
    tangentStiffness?.()
    return tangentStiffness !== undefined
  }

  /** Sets a vector of pairs from parameter-major sensitivities. */
  setPairs(slot: number, s: Float64Array): void {
    const n = this.kernel.dimension
    for (let j = 0, from = 0; from < s.length; j++) {
      let at = slot + 2 * (j >>> 1) * n + (j % 2)
      for (let i = 0; i < n; i++, at += 2) this.#values[at] = s[from++]!
    }
  }

  /** Reads a vector of pairs as parameter-major sensitivities, into `out` from `offset`. */
  getPairs(slot: number, out: Float64Array, offset: number): void {
    const n = this.kernel.dimension
    const m = this.kernel.slots.tangents?.parameterCount ?? 0
    for (let j = 0, to = offset; j < m; j++) {
      let at = slot + 2 * (j >>> 1) * n + (j % 2)
      for (let i = 0; i < n; i++, at += 2) out[to++] = this.#values[at]!
    }
  }

  /** Writes z0, z1 and the rows of the continuous extension of a lane, `width` apart, for the last attempt. */
  readDense(lane: number, out: Float64Array, offset: number, width: number): void {
    if (!this.#hasDense) this.#machine.functions.dense()
    this.#hasDense = true
    const { dimension: n, denseRows, lanes, slots } = this.kernel
    if (lanes === 1 && n % 2 === 0 && width === n) {
      out.set(this.#denseView, offset)
      return
    }
    const values = this.#values
    const stride = lanes * (n + (n % 2))
    let from = lanes * slots.y0 + lane
    for (let row = 0; row < 2 + denseRows; row++, from += stride) {
      let to = offset + row * width
      for (let i = 0, at = from; i < n; i++, at += lanes) out[to++] = values[at]!
    }
  }

  /** What came before in a lane counts no more: its subject is another. */
  forget(lane: number): void {
    this.#versions[lane] = -1
  }

  /** Takes parameters, switches, dose inputs and rates of the instance over into a lane, and computes what depends on them alone. */
  synchronize(lane: number, instance: ModelMachine): void {
    const { slots } = this.kernel
    this.setVector(slots.rates, lane, instance.rates)
    if (this.#versions[lane] === instance.inputVersion) return
    this.#versions[lane] = instance.inputVersion
    this.setVector(slots.parameters, lane, instance.parameterValues)
    this.setVector(slots.switches, lane, instance.segmentInputs)
    this.#machine.functions.prologue(0)
  }
}
