import { Algebra } from './algebra.ts'
import type { CompiledModel } from './compiled-model.ts'
import { KernelCache } from './kernel/kernel-cache.ts'
import { OutputRows } from './kernel/output-rows.ts'
import type { Model } from './model.ts'
import { ModelMachine } from './model-machine.ts'
import { buildModelProgram } from './model-program.ts'
import { buildSensitivityProgram, type SensitivityProgram } from './sensitivity-program.ts'

/**
 * Differentiates a model and lays it out as tapes over typed arrays.
 *
 * Throws a RangeError when the derivatives need more operations (1,000,000) or partial derivatives (2,000,000) than the
 * budget; so does `sensitivities` of an instance for the second derivatives.
 */
export function compileModel(model: Model): CompiledModel {
  const algebra = new Algebra(model.graph)
  const built = buildModelProgram(model, algebra)
  // second derivatives are costly and wanted for a few choices of parameters: each is built at its first use
  const known = new Map<string, SensitivityProgram>()
  const sensitivityProgram = (parameters: readonly number[]): SensitivityProgram => {
    const key = parameters.join(' ')
    const found = known.get(key) ?? buildSensitivityProgram(model, algebra, built, [...parameters])
    known.set(key, found)
    return found
  }
  const kernels = new KernelCache(model, algebra, built)
  const outputRows = new OutputRows(model, algebra)
  return {
    model,
    stepperFactory: kernels.stepperFactory,
    laneStepperFactory: kernels.laneStepperFactory,
    instantiate: () => new ModelMachine(model, built, sensitivityProgram, outputRows),
  }
}
