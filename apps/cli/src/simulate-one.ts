import { createModelCache, runJob, type SimulateJob } from '@cartkin/compute'
import { BadInput } from './failure.ts'
import type { Simulated } from './simulated.ts'

/** One patient on this thread. */
export async function simulateOne(job: SimulateJob): Promise<Simulated> {
  const answer = await runJob(job, { models: createModelCache() })
  if (answer.status === 'bad-job') throw new BadInput(answer.message)
  if (answer.status !== 'ok' || answer.result.kind !== 'simulate')
    throw new Error(`a simulation was answered with ${answer.status}`)
  const { table, endpoints, outcome, statistics, doseTimes } = answer.result
  const details = job.endpoints.map(({ name, label, unit }, k) => ({
    name,
    label,
    unit,
    value: endpoints[k]?.value,
    note: endpoints[k]?.note,
  }))
  return { table, runs: [{ id: '1', outcome }], details: { outcome, statistics, endpoints: details, doseTimes } }
}
