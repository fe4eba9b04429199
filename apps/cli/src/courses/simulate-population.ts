import { availableParallelism } from 'node:os'
import {
  type Answer,
  type PopulationAnswer,
  type PopulationJob,
  type PopulationOptions,
  runPopulation,
  summarizePopulation,
} from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { type Column, type ColumnTable, droppedDraws, filterText, type Quantity } from '@cartkin/simulation'
import { bandsOf, bandsTable, percentileLevels } from '@cartkin/studies'
import { BadInput, Stopped } from '../failure.ts'
import type { Io } from '../io.ts'
import { progressLine } from '../output/progress-line.ts'
import { failureOf, type Simulated } from './simulated.ts'
import { idColumn } from './stacked-table.ts'

/** How a population is run. */
export interface PopulationRun {
  readonly job: PopulationJob
  /** What the job's quantities are. */
  readonly readable: readonly Quantity[]
  /** Percentiles over the patients in place of their courses. */
  readonly percentiles: boolean
  readonly workers: number | undefined
}

/** Virtual patients over worker threads; ids count from 1. */
export async function simulatePopulation(run: PopulationRun, io: Io): Promise<Simulated> {
  const { job, readable, percentiles, workers } = run
  const { count, times } = job
  // More workers than subjects would only load.
  const size = Math.min(workers ?? availableParallelism(), count)
  const pool = createNodePool({ size })
  const progress = progressLine(io, 'Simulating')
  const options: PopulationOptions = {
    chunk: Math.max(1, Math.min(8, Math.floor(count / size))),
    signal: io.signal,
    onProgress: (told) => {
      if (told.kind === 'subjects') progress.update(told.done / told.total, `(${told.done} of ${told.total} subjects)`)
    },
  }
  try {
    if (!percentiles) {
      const result = accepted(await runPopulation(pool, job, options))
      progress.end()
      tellDropped(job, result, io)
      return { table: coursesTable(result, times, readable), ...ofSubjects(job, result) }
    }
    const result = accepted(await summarizePopulation(pool, job, { ...options, levels: percentileLevels }))
    progress.end()
    tellDropped(job, result, io)
    const bands = readable.flatMap(({ name }, q) => {
      const own = result.percentiles[q]
      return own === undefined ? [] : [[name, bandsOf(own, times)] as const]
    })
    return { table: bandsTable(new Map(bands)), ...ofSubjects(job, result) }
  } finally {
    progress.end()
    await pool.close()
  }
}

function accepted<R>(answer: Answer<R>): R {
  if (answer.status === 'bad-job' || answer.status === 'missing-inputs') throw new BadInput(answer.message)
  if (answer.status === 'cancelled') throw new Stopped('stopped; nothing was written')
  if (answer.status !== 'ok') throw new Error(`a population was answered with ${answer.status}`)
  return answer.result
}

/** One row per patient and time. */
function coursesTable(
  { count, courses }: PopulationAnswer,
  times: Float64Array,
  readable: readonly Quantity[],
): ColumnTable {
  const rows = count * times.length
  const time = Float64Array.from({ length: rows }, (_, row) => times[row % times.length] ?? Number.NaN)
  const columns = readable.map(
    ({ name, unit }, q): Column => ({ kind: 'number', name, unit, values: courses[q] ?? new Float64Array(rows) }),
  )
  const ids = Array.from({ length: count }, (_, subject) =>
    Array<string>(times.length).fill(String(subject + 1)),
  ).flat()
  return { columns: [idColumn(ids), { kind: 'number', name: 'time', unit: '', values: time }, ...columns] }
}

/** Says how many draws plausibility filters dropped. */
function tellDropped({ population }: PopulationJob, { dropped }: Pick<PopulationAnswer, 'dropped'>, io: Io) {
  for (const { filter, count: own } of droppedDraws(population.filters ?? [], dropped ?? []))
    io.note(
      `${filter.name} (${filterText(filter)}): ${own} ${own === 1 ? 'draw' : 'draws'} dropped; ${filter.reason}\n`,
    )
}

function ofSubjects(
  job: PopulationJob,
  {
    outcomes,
    endpoints,
    decided = [],
    dropped,
  }: Pick<PopulationAnswer, 'outcomes' | 'endpoints' | 'decided' | 'dropped'>,
): Omit<Simulated, 'table'> {
  return {
    runs: outcomes.map((outcome, subject) => ({ id: String(subject + 1), outcome })),
    decided: decided.map((doses, subject) => ({ id: String(subject + 1), decided: doses })),
    details: {
      seed: job.seed,
      filters: droppedDraws(job.population.filters ?? [], dropped ?? []).map(({ filter, count }) => ({
        name: filter.name,
        kept: filterText(filter),
        reason: filter.reason,
        dropped: count,
      })),
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
}
