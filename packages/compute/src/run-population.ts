import type { ComputePool } from './compute-pool.ts'
import type { Answer, PopulationAnswer, PopulationJob } from './protocol.ts'
import { refuseSize } from './refuse-size.ts'
import { type PopulationOptions, runChunks } from './run-chunks.ts'
import { SubjectRows } from './subject-rows.ts'

/**
 * Runs a population over the workers of a pool and keeps the course of every subject: the result depends neither on how
 * many workers there are nor on the size of a chunk. For many subjects see `summarizePopulation`.
 *
 * A subject that brings down its worker twice is 'crashed'; any other refusal refuses the whole.
 */
export async function runPopulation(
  pool: ComputePool,
  job: PopulationJob,
  options: PopulationOptions = {},
): Promise<Answer<PopulationAnswer>> {
  const tooLarge = refuseSize(job, 8 * job.count * job.times.length, options.memory)
  if (tooLarge) return tooLarge
  const rows = new SubjectRows(job)
  const courses = job.quantities.map(() => new Float64Array(job.count * job.times.length))
  const refusal = await runChunks(pool, job, options, (part) => {
    rows.put(part)
    part.courses.forEach((course, q) => {
      courses[q]?.set(course, (part.from - job.from) * job.times.length)
    })
  })
  if (refusal) return refusal
  const { from, count, ...others } = rows.rows()
  return { status: 'ok', result: { kind: 'population', from, count, courses, ...others } }
}
