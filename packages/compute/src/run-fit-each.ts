import { fitEach, pausedBy } from '@cartkin/fitting'
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
  const { onProgress, pause, control } = hooks
  const asked = {
    ...(pause ? { pause } : {}),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  }
  const pauses =
    control && pausedBy(control, asked, (command, message) => onProgress?.({ kind: 'refused', command, message }))
  const fits = await fitEach(problem, {
    ...(search === undefined ? {} : { search }),
    ...(maxIterations === undefined ? {} : { maxIterations }),
    ...(plans === undefined ? {} : { plans }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(onProgress ? { onSubject: (done, total) => onProgress({ kind: 'subjects', done, total }) } : {}),
    ...(onProgress && job.iterations === true
      ? { onIteration: (told) => onProgress({ kind: 'subject-iteration', ...told }) }
      : {}),
    ...asked,
    ...(pauses && { pause: pauses.pause, shouldStop: pauses.shouldStop }),
  })
  pauses?.close()
  return { kind: 'fit-each', fits }
}
