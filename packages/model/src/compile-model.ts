import type { CompiledModel } from './compiled-model.ts'
import { compartmentsOf, forcedModel } from './forced/forced-model.ts'
import { Algebra } from './graph/algebra.ts'
import { KernelCache } from './kernel/kernel-cache.ts'
import { OutputRows } from './kernel/output-rows.ts'
import { withLaggedDoseTimes } from './lagged-dose-times.ts'
import type { Model } from './model.ts'
import type { SharedModel } from './shared-model.ts'
import { ModelMachine } from './tape/model-machine.ts'
import { buildModelProgram } from './tape/model-program.ts'
import { buildSensitivityProgram, type SensitivityProgram } from './tape/sensitivity-program.ts'

/**
 * Differentiates a model and lays it out as tapes over typed arrays.
 *
 * Throws a RangeError when the derivatives need more operations (1,000,000) or partial derivatives (2,000,000) than the
 * budget; so does `sensitivities` of an instance for the second derivatives.
 */
export function compileModel(checked: Model): CompiledModel {
  const model = withLaggedDoseTimes(checked)
  const algebra = new Algebra(model.graph)
  const program = buildModelProgram(model, algebra)
  const forced = forcedModel(model)
  return assembled(
    {
      model,
      program,
      kernels: [],
      outputs: null,
      forced: forced && {
        model: forced,
        program: buildModelProgram(forced, new Algebra(forced.graph)),
        kernels: [],
        outputs: null,
        forced: null,
      },
    },
    () => algebra,
  )
}

/** The compiled model that another thread shared: nothing is parsed, differentiated or compiled again. */
export function openSharedModel(shared: SharedModel): CompiledModel {
  const made: { algebra?: Algebra } = {}
  return assembled(shared, () => {
    if (made.algebra !== undefined) return made.algebra
    made.algebra = new Algebra(shared.model.graph)
    // the nodes that the program names are those of a graph that has grown by its derivatives
    buildModelProgram(shared.model, made.algebra)
    return made.algebra
  })
}

/** `algebra`: the graph of the model with its derivatives, asked for when something is to be made that is not there. */
function assembled(shared: SharedModel, algebra: () => Algebra): CompiledModel {
  const { model, program, kernels: known, outputs } = shared
  const forced = shared.forced && openSharedModel(shared.forced)
  // second derivatives are costly and wanted for a few choices of parameters: each is built at its first use
  const sensitivityPrograms = new Map<string, SensitivityProgram>()
  const sensitivityProgram = (parameters: readonly number[]): SensitivityProgram => {
    const key = parameters.join(' ')
    const found = sensitivityPrograms.get(key) ?? buildSensitivityProgram(model, algebra(), program, [...parameters])
    sensitivityPrograms.set(key, found)
    return found
  }
  const kernels = new KernelCache(model, program, algebra, known)
  const outputRows = new OutputRows(model, algebra, outputs)
  return {
    model,
    stepperFactory: kernels.stepperFactory,
    tapeStepperFactory: kernels.tapeStepperFactory,
    laneStepperFactory: kernels.laneStepperFactory,
    forced: forced && model.linear && { compiled: forced, compartments: compartmentsOf(model.linear) },
    instantiate: () => new ModelMachine(model, program, sensitivityProgram, outputRows),
    share: () => ({
      model,
      program,
      kernels: kernels.share(),
      outputs: outputRows.share(),
      forced: forced?.share() ?? null,
    }),
  }
}
