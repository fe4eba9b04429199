import { drawnNames } from './drawn-names.ts'
import type { PopulationJob, Refusal } from './protocol.ts'

/** Most bytes of a result where nothing else is said. */
const mostBytes = 2e9

/** What an outcome takes, and its place in the list, bytes. */
const outcomeBytes = 100

/**
 * A refusal when the rows of a population, and `perQuantity` bytes for each quantity, would take more than `memory` bytes,
 * or when its subjects cannot be counted; null when they fit.
 */
export function refuseSize(job: PopulationJob, perQuantity: number, memory = mostBytes): Refusal | null {
  const { count, from, times, quantities, endpoints } = job
  if (!(Number.isSafeInteger(count) && count >= 0 && Number.isSafeInteger(from) && from >= 0))
    return {
      status: 'bad-job',
      message: `subjects are counted by whole numbers from 0, got from ${from} and count ${count}`,
    }
  if ('listed' in job.population && job.population.values.length !== count * job.population.listed.length)
    return {
      status: 'bad-job',
      message: `${count} subjects × ${job.population.listed.length} listed parameters need ${count * job.population.listed.length} values, got ${job.population.values.length}`,
    }
  const perSubject = 8 * (endpoints.length + drawnNames(job).length) + outcomeBytes
  const bytes = quantities.length * perQuantity + count * perSubject
  if (bytes <= memory) return null
  return {
    status: 'bad-job',
    message: `${count} subjects × ${times.length} times × ${quantities.length} quantities, with ${endpoints.length} endpoints, need ${Math.ceil(bytes / 1e6)} MB, more than ${Math.floor(memory / 1e6)} MB; ask for fewer subjects, times or quantities`,
  }
}
