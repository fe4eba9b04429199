import type { SharedKernel } from './kernel/kernel-cache.ts'
import type { SharedOutputs } from './kernel/output-rows.ts'
import type { Model } from './model.ts'
import type { ModelProgram } from './tape/model-program.ts'

/**
 * A compiled model for other threads: plain data and compiled WebAssembly modules, which `structuredClone` and
 * `postMessage` carry. What is made from it computes with the same bits.
 */
export interface SharedModel {
  readonly model: Model
  readonly program: ModelProgram
  /** The kernels that were made so far, without sensitivities. */
  readonly kernels: readonly SharedKernel[]
  readonly outputs: SharedOutputs | null
  /** The same for the model in which `linCmt()` is a forcing function; null where there is none. */
  readonly forced: SharedModel | null
}
