import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, ProfileAnswer, ProfileJob } from './protocol.ts'
import { shareOut } from './share-out.ts'

/** Profiles over the workers of a pool, one parameter each: the result does not depend on how many workers there are. */
export async function runProfiles(
  pool: ComputePool,
  job: ProfileJob,
  options: RunOptions = {},
): Promise<Answer<ProfileAnswer>> {
  const { onProgress, ...run } = options
  const total = job.parameters.length
  const onDone = (done: number) => onProgress?.({ kind: 'profiles', done, total })
  const parts = job.parameters.map((name) => ({ ...job, parameters: [name] }))
  const answer = await shareOut(pool, parts, { ...run, onDone }, () => null)
  if (answer.status !== 'ok') return answer
  return {
    status: 'ok',
    result: { kind: 'profile', profiles: answer.result.flatMap(({ profiles }) => profiles) },
  }
}
