import type { ModelMachine } from '../model-machine.ts'
import type { Kernel } from './kernel.ts'
import { instantiateKernel, type KernelExports, type KernelModule } from './web-assembly.ts'

/** A compiled kernel. */
export interface CompiledKernel {
  readonly kernel: Kernel
  readonly module: KernelModule
}

/** One running kernel: its functions and its memory, and in each lane the inputs of a model instance. */
export class KernelMemory {
  readonly kernel: Kernel
  readonly functions: KernelExports
  /** All slots; slot k of lane l is at k·lanes + l. */
  readonly values: Float64Array
  readonly #bits: BigInt64Array
  readonly #versions: number[]
  readonly #denseView: Float64Array
  #hasDense = false

  constructor({ kernel, module }: CompiledKernel) {
    this.kernel = kernel
    this.functions = instantiateKernel(module)
    this.values = new Float64Array(this.functions.memory.buffer)
    this.#bits = new BigInt64Array(this.functions.memory.buffer)
    const { y0 } = kernel.slots
    this.#denseView = this.values.subarray(y0, y0 + (2 + kernel.denseRows) * kernel.dimension)
    this.#versions = new Array<number>(kernel.lanes).fill(-1)
  }

  /** Sets the tolerances, in every lane. */
  setTolerances(rtol: number, atol: Float64Array): void {
    const { slots, dimension: n, lanes } = this.kernel
    for (let lane = 0; lane < lanes; lane++) {
      this.set(slots.rtol, lane, rtol)
      for (let i = 0; i < n; i++) this.set(slots.atol + i, lane, atol[i]!)
      if (n % 2 === 1) this.set(slots.atol + n, lane, 1)
    }
  }

  set(slot: number, lane: number, value: number): void {
    this.values[slot * this.kernel.lanes + lane] = value
  }

  /** Sets all bits of a slot, or none. */
  setBits(slot: number, lane: number, isSet: boolean): void {
    this.#bits[slot * this.kernel.lanes + lane] = isSet ? -1n : 0n
  }

  get(slot: number, lane: number): number {
    return this.values[slot * this.kernel.lanes + lane]!
  }

  setVector(slot: number, lane: number, vector: Float64Array): void {
    const { lanes } = this.kernel
    const { values } = this
    for (let i = 0, at = slot * lanes + lane; i < vector.length; i++, at += lanes) values[at] = vector[i]!
  }

  getVector(slot: number, lane: number, out: Float64Array): void {
    const { lanes } = this.kernel
    const { values } = this
    for (let i = 0, at = slot * lanes + lane; i < out.length; i++, at += lanes) out[i] = values[at]!
  }

  /** The rows of the continuous extension are old from now on. */
  expireDense(): void {
    this.#hasDense = false
  }

  /** Computes the rows of the continuous extension, unless they are there. */
  completeDense(): void {
    if (!this.#hasDense) this.functions.dense()
    this.#hasDense = true
  }

  /** Writes z0, z1 and the rows of the continuous extension of a lane one after the other. */
  readDense(lane: number, out: Float64Array, offset: number): void {
    const { dimension: n, denseRows, lanes, slots } = this.kernel
    const { values } = this
    if (lanes === 1 && n % 2 === 0) {
      out.set(this.#denseView, offset)
      return
    }
    const stride = lanes * (n + (n % 2))
    let from = lanes * slots.y0 + lane
    let to = offset
    for (let row = 0; row < 2 + denseRows; row++, from += stride) {
      for (let i = 0, at = from; i < n; i++, at += lanes) out[to++] = values[at]!
    }
  }

  /** What came before in a lane counts no more: its subject is another. */
  forget(lane: number): void {
    this.#versions[lane] = -1
  }

  /** Takes parameters, switches and rates of the instance over into a lane, and computes what depends on them alone. */
  synchronize(lane: number, instance: ModelMachine): void {
    const { slots } = this.kernel
    this.setVector(slots.rates, lane, instance.rates)
    if (this.#versions[lane] === instance.inputVersion) return
    this.#versions[lane] = instance.inputVersion
    this.setVector(slots.parameters, lane, instance.parameterValues)
    this.setVector(slots.switches, lane, instance.segmentSwitches)
    this.functions.prologue(0)
  }
}
