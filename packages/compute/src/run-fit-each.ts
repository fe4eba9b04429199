import { fitEach } from '@cartkin/fitting'
import type { CompiledModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { FitEachAnswer, FitEachJob } from './protocol.ts'
import { solverOptions } from './solver-options.ts'

/** Every subject of the problem alone; a wish to finish ends each search that is left with its best values. */
export async function runFitEach(model: CompiledModel, job: FitEachJob, hooks: JobHooks): Promise<FitEachAnswer> {
  const { search, maxIterations, plans, profiles } = job
  const parameters = knownParameters(model.model, job.problem.parameters)
  const problem = { ...job.problem, model, parameters, solver: solverOptions(job.solver) }
  const { onProgress, pause } = hooks
  const fits = await fitEach(problem, {
    ...(search === undefined ? {} : { search }),
    ...(maxIterations === undefined ? {} : { maxIterations }),
    ...(plans === undefined ? {} : { plans }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(pause ? { pause } : {}),
    ...(onProgress ? { onSubject: (done, total) => onProgress({ kind: 'subjects', done, total }) } : {}),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  })
  return { kind: 'fit-each', fits }
}
