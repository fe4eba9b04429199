import { profile } from '@cartkin/fitting'
import type { CompiledModel } from '@cartkin/model'
import { knownParameters } from '@cartkin/simulation'
import type { JobHooks } from './job-hooks.ts'
import type { ProfileAnswer, ProfileJob } from './protocol.ts'
import { solverOptions } from './solver-options.ts'

/** Profiles of the parameters of a job, one after the other. */
export async function runProfile(model: CompiledModel, job: ProfileJob, hooks: JobHooks): Promise<ProfileAnswer> {
  const parameters = knownParameters(model.model, job.problem.parameters)
  const problem = { ...job.problem, model, parameters, solver: solverOptions(job.solver) }
  const { onProgress, pause } = hooks
  let done = 0
  const profiles = await profile(problem, job.fit, {
    parameters: job.parameters,
    ...(job.level !== undefined && { level: job.level }),
    ...(job.variance !== undefined && { variance: job.variance }),
    ...(job.others !== undefined && { others: job.others }),
    ...(pause && { pause }),
    ...(onProgress && {
      onProfile: () => onProgress({ kind: 'profiles', done: ++done, total: job.parameters.length }),
    }),
    shouldStop: () => (hooks.wanted?.() ?? 'run') !== 'run',
  })
  return { kind: 'profile', profiles }
}
