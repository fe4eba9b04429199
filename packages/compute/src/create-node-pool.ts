import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { ComputePool } from './compute-pool.ts'
import { nodeEndpoint } from './node-endpoint.ts'
import type { WorkerHandle } from './worker-handle.ts'
import { WorkerPool } from './worker-pool.ts'

export interface NodePoolOptions {
  /** Number of worker threads; by default one per processor available. */
  readonly size?: number
  /** Entry file of the workers, one that calls `serveJobs(runner, parentEndpoint())`; by default the one that runs jobs. */
  readonly entry?: URL
  /** Whether workers share control words with the pool (true); without, wishes travel as messages. */
  readonly shared?: boolean
  /** A worker that shows no sign of life for this long while it runs a job is taken for dead, milliseconds (10,000). */
  readonly silence?: number
}

const ownEntry = new URL('./worker-node.mjs', import.meta.url)

/**
 * Largest young generation of a worker's heap, MB. A run leaves behind a megabyte of steps that nobody reads again: in a
 * small one they are soon collected, in the usual one of 48 MB they pile up.
 */
const youngGeneration = 2
/**
 * Largest old generation, MB, typed arrays not counted. A run needs a few; the usual limit of gigabytes makes the engine
 * collect later, at some 20 MB more for each worker.
 */
const oldGeneration = 512

/**
 * A pool of Node worker threads. They keep the process alive until `close()`. What the calling thread has read from Node's
 * compile cache is let go, which would take memory to the end.
 */
export function createNodePool(options: NodePoolOptions = {}): ComputePool {
  flushCompileCache()
  const { size = availableParallelism(), entry = ownEntry, ...rest } = options
  return new WorkerPool({ size, spawn: () => nodeHandle(startWorker(entry)), ...rest })
}

function startWorker(entry: URL): Worker {
  keepImportWrappers()
  return new Worker(entry, {
    workerData: { compileCache: getCompileCacheDir() },
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration, maxOldGenerationSizeMb: oldGeneration },
  })
}

/**
 * Node strips the types of the sources by WebAssembly that imports functions, in every worker. V8's wrappers of such
 * imports, which all threads share, may bring the process down when several threads replace them at the same time
 * ("Check failed: jit_page.has_value()", github.com/nodejs/node/issues/64500): so they are not replaced. Kernels import
 * nothing, and compiled sources need no stripping.
 */
function keepImportWrappers(): void {
  setFlagsFromString('--wasm-wrapper-tiering-budget=1000000000')
}

function nodeHandle(worker: Worker): WorkerHandle {
  return {
    endpoint: nodeEndpoint(worker),
    onDeath(listener) {
      worker.on('error', (error) =>
        listener(`its worker failed: ${error instanceof Error ? error.message : String(error)}`),
      )
      worker.on('messageerror', () => listener('its worker sent an unreadable message'))
      worker.on('exit', (code) => listener(`its worker ended with code ${code}`))
    },
    terminate() {
      void worker.terminate()
    },
  }
}
