import { type BootstrapReplicate, checkBootstrap, summarizeBootstrap } from '@cartkin/fitting'
import type { ComputePool, RunOptions } from './compute-pool.ts'
import type { Answer, BootstrapAnswer, BootstrapJob } from './protocol.ts'
import { shareOut } from './share-out.ts'

/**
 * A bootstrap over the workers of a pool, replicate by replicate: the result does not depend on how many workers there are. A
 * replicate that brings down its worker twice counts as failed.
 */
export async function runReplicates(
  pool: ComputePool,
  job: BootstrapJob,
  options: RunOptions = {},
): Promise<Answer<BootstrapAnswer>> {
  const { onProgress, ...run } = options
  const { from, replicates: total, resample: kind, seed, level, fit } = job
  const wanted = { kind, replicates: total, from, seed, ...(level !== undefined && { level }) }
  try {
    checkBootstrap(job.problem, wanted)
  } catch (error) {
    if (error instanceof RangeError) return { status: 'bad-job', message: error.message }
    throw error
  }
  const onDone = (done: number) => onProgress?.({ kind: 'replicates', done, total })
  const parts = Array.from({ length: total }, (_, k) => ({ ...job, from: from + k, replicates: 1 }))
  const summary = (rows: readonly BootstrapReplicate[]) => summarizeBootstrap(fit, rows, wanted)
  const crashed = (part: BootstrapJob, message: string): BootstrapAnswer => {
    const values = new Float64Array(fit.estimates.length).fill(Number.NaN)
    const row = { replicate: part.from, status: 'failed', reason: message, objective: Number.NaN, values } as const
    return { kind: 'bootstrap', result: summary([row]) }
  }
  const answer = await shareOut(pool, parts, { ...run, onDone }, crashed)
  if (answer.status !== 'ok') return answer
  const rows = answer.result.flatMap(({ result }) => result.replicates)
  return { status: 'ok', result: { kind: 'bootstrap', result: summary(rows) } }
}
