import { availableParallelism } from 'node:os'
import { type PopulationJob, runPopulation } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import type { Column, Quantity } from '@cartkin/simulation'
import { BadInput, Stopped } from './failure.ts'
import type { Io } from './io.ts'
import { progressLine } from './progress-line.ts'
import { failureOf, type Simulated } from './simulated.ts'
import { idColumn } from './stacked-table.ts'

/** Virtual patients over worker threads; ids count from 1. */
export async function simulatePopulation(
  job: PopulationJob,
  readable: readonly Quantity[],
  workers: number | undefined,
  io: Io,
): Promise<Simulated> {
  const { count, times } = job
  // More workers than subjects would only load.
  const size = Math.min(workers ?? availableParallelism(), count)
  const pool = createNodePool({ size })
  const progress = progressLine(io, 'Simulating')
  try {
    const answer = await runPopulation(pool, job, {
      chunk: Math.max(1, Math.min(8, Math.floor(count / size))),
      signal: io.signal,
      onProgress: (told) => {
        if (told.kind === 'subjects')
          progress.update(told.done / told.total, `(${told.done} of ${told.total} subjects)`)
      },
    })
    progress.end()
    if (answer.status === 'bad-job') throw new BadInput(answer.message)
    if (answer.status === 'cancelled') throw new Stopped('stopped; nothing was written')
    if (answer.status !== 'ok') throw new Error(`a population was answered with ${answer.status}`)
    const { courses, outcomes, endpoints } = answer.result
    const rows = count * times.length
    const time = Float64Array.from({ length: rows }, (_, row) => times[row % times.length] ?? Number.NaN)
    const columns = readable.map(
      ({ name, unit }, q): Column => ({ kind: 'number', name, unit, values: courses[q] ?? new Float64Array(rows) }),
    )
    const ids = outcomes.flatMap((_, subject) => Array<string>(times.length).fill(String(subject + 1)))
    return {
      table: { columns: [idColumn(ids), { kind: 'number', name: 'time', unit: '', values: time }, ...columns] },
      runs: outcomes.map((outcome, subject) => ({ id: String(subject + 1), outcome })),
      details: {
        seed: job.seed,
        subjects: outcomes.map((outcome, subject) => ({
          id: subject + 1,
          status: outcome.status,
          reason: failureOf(outcome),
          endpoints: Object.fromEntries(
            job.endpoints.map(({ name }, k) => [name, endpoints[subject * job.endpoints.length + k]]),
          ),
        })),
      },
    }
  } finally {
    progress.end()
    await pool.close()
  }
}
