import { fit, steerFit } from '@cartkin/fitting'
import type { CompiledModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { FitAnswer, FitJob } from './protocol.ts'
import { solverOptions } from './solver-options.ts'

/** A fit, steered or not; a wish to finish ends it with its best values. */
export async function runFit(model: CompiledModel, job: FitJob, hooks: JobHooks): Promise<FitAnswer> {
  const parameters = knownParameters(model.model, job.problem.parameters)
  const problem = { ...job.problem, model, parameters, solver: solverOptions(job.solver) }
  const { onProgress, pause, control } = hooks
  const options = {
    ...(job.search === undefined ? {} : { search: job.search }),
    ...(job.maxIterations === undefined ? {} : { maxIterations: job.maxIterations }),
    ...(pause ? { pause } : {}),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  }
  const result =
    job.steering === undefined
      ? await fit(problem, {
          ...options,
          ...(onProgress ? { onIteration: (iteration) => onProgress({ kind: 'iteration', iteration }) } : {}),
        })
      : await steerFit(problem, {
          ...options,
          ...job.steering,
          ...(control ? { control } : {}),
          ...(onProgress ? { onEvent: (event) => onProgress({ kind: 'steering', event }) } : {}),
        })
  return { kind: 'fit', result }
}
