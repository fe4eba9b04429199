import type { ComputePool } from './compute-pool.ts'
import { PopulationSummarizer, type PopulationSummary } from './population-summary.ts'
import type { Answer, PopulationJob } from './protocol.ts'
import { refuseSize } from './refuse-size.ts'
import { type PopulationOptions, runChunks } from './run-chunks.ts'

export interface SummaryOptions extends PopulationOptions {
  /** Probabilities of the percentiles (0.05, 0.25, 0.5, 0.75, 0.95). */
  readonly levels?: readonly number[]
}

const usualLevels: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]

/**
 * Runs a population over the workers of a pool and keeps percentiles in place of courses, computed from parts as they
 * come: 8 bytes for each subject, time and quantity until the end, and nothing else that grows but the rows of subjects.
 * The percentiles are exact, with the bits that those of `runPopulation` would have.
 */
export async function summarizePopulation(
  pool: ComputePool,
  job: PopulationJob,
  options: SummaryOptions = {},
): Promise<Answer<PopulationSummary>> {
  const tooLarge = refuseSize(job, options.memory)
  if (tooLarge) return tooLarge
  const summarizer = new PopulationSummarizer(job, options.levels ?? usualLevels)
  const refusal = await runChunks(pool, job, options, (part) => summarizer.put(part))
  return refusal ?? { status: 'ok', result: summarizer.summary() }
}
