// JavaScript, since a worker whose first file is TypeScript loads what strips types (17 MB) before it knows the cache of
// sources that are stripped already. That cache a worker does not take over from the thread that starts it.
import { enableCompileCache, flushCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

if (typeof workerData?.compileCache === 'string') enableCompileCache(workerData.compileCache)
// after that, so that they come from the cache
const { exposeWorker } = await import('./expose-worker.ts')
const { parentEndpoint } = await import('./parent-endpoint.ts')
exposeWorker(parentEndpoint())
// what was read from the cache would stay in memory to the end, 5 MB and more
flushCompileCache()
