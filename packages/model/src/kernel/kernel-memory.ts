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
  readonly #versions: number[]

  constructor({ kernel, module }: CompiledKernel) {
    this.kernel = kernel
    this.functions = instantiateKernel(module)
    this.values = new Float64Array(this.functions.memory.buffer)
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
