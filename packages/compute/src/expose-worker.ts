import { RunMemory } from '@cartkin/simulation'
import type { Endpoint } from 'comlink'
import { createModelCache } from './model-cache.ts'
import { runJob } from './run-job.ts'
import { serveJobs } from './serve-jobs.ts'

/**
 * Makes the calling worker run the jobs of the protocol. The entry file of a browser worker is
 * `import { exposeWorker } from '@cartkin/compute'; exposeWorker()`.
 *
 * @param endpoint where the pool is reached; the worker's own global by default
 */
export function exposeWorker(endpoint?: Endpoint): void {
  const models = createModelCache()
  const memory = new RunMemory()
  serveJobs(
    (job, hooks) => runJob(job, { ...hooks, models, memory }),
    endpoint,
    (text, model) => models.add(text, model),
  )
}
