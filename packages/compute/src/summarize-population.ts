import { quantileBytes } from '@cartkin/simulation'
import type { ComputePool } from './compute-pool.ts'
import { PopulationSummarizer, type PopulationSummary } from './population-summary.ts'
import type { Answer, PopulationJob } from './protocol.ts'
import { refuseSize } from './refuse-size.ts'
import { type PopulationOptions, runChunks } from './run-chunks.ts'

export interface SummaryOptions extends PopulationOptions {
  /** Probabilities of the percentiles (0.05, 0.25, 0.5, 0.75, 0.95). */
  readonly levels?: readonly number[]
  /** Told after each part how many subjects there are; `summary` gives the summary of them. */
  readonly onPart?: (subjects: number, summary: () => PopulationSummary) => void
}

const usualLevels: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]

/**
 * Runs a population over the workers of a pool and keeps percentiles in place of courses, computed from parts as they
 * come, in memory that grows with the square root of the number of subjects, but for their rows. The percentiles are
 * exact, with the bits that those of `runPopulation` would have. Should a percentile not be found among what was kept
 * (by chance in one run of thousands), the population runs once more for it.
 */
export async function summarizePopulation(
  pool: ComputePool,
  job: PopulationJob,
  options: SummaryOptions = {},
): Promise<Answer<PopulationSummary>> {
  const { levels = usualLevels } = options
  const tooLarge = refuseSize(job, quantileBytes(levels, job.count, job.times.length), options.memory)
  if (tooLarge) return tooLarge
  const summarizer = new PopulationSummarizer(job, levels)
  let subjects = 0
  const refusal = await runChunks(pool, job, options, (part) => {
    summarizer.put(part)
    subjects += part.count
    options.onPart?.(subjects, () => summarizer.summary())
  })
  if (refusal) return refusal
  const quantities = summarizer.again()
  if (quantities.length > 0) {
    const again = { ...job, quantities, endpoints: [] }
    const refusalAgain = await runChunks(pool, again, options, (part) => summarizer.putCourses(part, quantities))
    if (refusalAgain) return refusalAgain
  }
  return { status: 'ok', result: summarizer.summary() }
}
