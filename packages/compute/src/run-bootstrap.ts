import { bootstrap } from '@cartkin/fitting'
import type { CompiledModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { BootstrapAnswer, BootstrapJob } from './protocol.ts'
import { solverOptions } from './solver-options.ts'

/** Replicates `from` … `from + replicates − 1` of a bootstrap; each is a function of its number alone. */
export async function runBootstrap(model: CompiledModel, job: BootstrapJob, hooks: JobHooks): Promise<BootstrapAnswer> {
  const parameters = knownParameters(model.model, job.problem.parameters)
  const problem = { ...job.problem, model, parameters, solver: solverOptions(job.solver) }
  const { from, replicates, seed, level, resample } = job
  const { onProgress, pause } = hooks
  const result = await bootstrap(problem, job.fit, {
    kind: resample,
    from,
    replicates,
    seed,
    ...(level !== undefined && { level }),
    ...(pause && { pause }),
    ...(onProgress && { onReplicate: (done, total) => onProgress({ kind: 'replicates', done, total }) }),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  })
  return { kind: 'bootstrap', result }
}
