import type { Kernel } from './kernel.ts'
import type { KernelMemory } from './kernel-memory.ts'
import { instantiateKernel, type KernelExports, type KernelModule } from './web-assembly.ts'

/**
 * A running kernel, shared by the steppers of one thread: instances of modules are costly to make. Its memory belongs to
 * one stepper at a time; that of another is kept aside for the time it comes back.
 */
export class KernelMachine {
  readonly kernel: Kernel
  readonly functions: KernelExports
  /** All slots; slot k of lane l is at k·lanes + l. */
  readonly values: Float64Array
  readonly bits: BigInt64Array
  /** All of the memory: numbers, and words of 32 bits. */
  readonly numbers: Float64Array
  readonly words: Int32Array
  #present: KernelMemory | undefined

  constructor(kernel: Kernel, module: KernelModule) {
    this.kernel = kernel
    this.functions = instantiateKernel(module)
    this.values = new Float64Array(this.functions.memory.buffer, 0, kernel.byteLength / 8)
    this.bits = new BigInt64Array(this.functions.memory.buffer, 0, kernel.byteLength / 8)
    this.numbers = new Float64Array(this.functions.memory.buffer)
    this.words = new Int32Array(this.functions.memory.buffer)
  }

  /** What a stepper left in the memory is of no use any more. */
  release(memory: KernelMemory): void {
    if (this.#present === memory) this.#present = undefined
  }

  /** Lays the memory of a stepper open, as it left it. */
  open(memory: KernelMemory): void {
    if (this.#present === memory) return
    this.#present?.keep(this.values.slice())
    this.#present = memory
    memory.resume()
  }
}
