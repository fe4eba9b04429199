import { RunMemory } from '@cartkin/simulation'
import type { Endpoint } from 'comlink'
import type { ModelLookup } from './model-cache.ts'
import { createModelMemory } from './model-memory.ts'
import { runJob } from './run-job.ts'
import { serveJobs } from './serve-jobs.ts'

/** So many compiled models a worker keeps. */
const mostModels = 8

/**
 * Makes the calling worker run the jobs of the protocol. The entry file of a browser worker is
 * `import { exposeWorker } from '@cartkin/compute'; exposeWorker()`.
 *
 * @param endpoint where the pool is reached; the worker's own global by default
 */
export function exposeWorker(endpoint?: Endpoint): void {
  const models = createModelMemory(mostModels)
  const get = async (text: string): Promise<ModelLookup> => {
    const known = models.recall(text)
    if (known) return { ok: true, model: known }
    // a worker that is given its models does without the reader
    const { compileText } = await import('./compile-text.ts')
    const found = compileText(text)
    if (found.ok) models.keep(text, found.model)
    return found
  }
  const memory = new RunMemory()
  serveJobs(
    (job, hooks) => runJob(job, { ...hooks, models: { get }, memory }),
    endpoint,
    (text, model) => models.add(text, model),
  )
}
