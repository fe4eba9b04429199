import { fit } from '@cartkin/fitting'
import type { CompiledModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { FitAnswer, FitJob } from './protocol.ts'
import { solverOptions } from './solver-options.ts'

/** A fit; a wish to finish ends it with its best values. */
export async function runFit(model: CompiledModel, job: FitJob, hooks: JobHooks): Promise<FitAnswer> {
  const parameters = knownParameters(model.model, job.problem.parameters)
  const problem = { ...job.problem, model, parameters, solver: solverOptions(job.solver) }
  const { onProgress, pause } = hooks
  const result = await fit(problem, {
    ...(job.search === undefined ? {} : { search: job.search }),
    ...(job.maxIterations === undefined ? {} : { maxIterations: job.maxIterations }),
    ...(pause ? { pause } : {}),
    ...(onProgress ? { onIteration: (iteration) => onProgress({ kind: 'iteration', iteration }) } : {}),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  })
  return { kind: 'fit', result }
}
