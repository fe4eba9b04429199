import { enableCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

// Before anything large is loaded; a worker does not take over the cache of the thread that starts it.
if (typeof workerData === 'object' && typeof workerData?.compileCache === 'string')
  enableCompileCache(workerData.compileCache)
const { exposeWorker } = await import('./expose-worker.ts')
const { parentEndpoint } = await import('./parent-endpoint.ts')
exposeWorker(parentEndpoint())
