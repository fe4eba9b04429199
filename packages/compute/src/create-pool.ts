import type { ComputePool } from './compute-pool.ts'
import type { WorkerHandle } from './worker-handle.ts'
import { WorkerPool } from './worker-pool.ts'

export interface BrowserPoolOptions {
  /** Number of workers; by default the processors less one for the page, at least 1, at most 4. */
  readonly size?: number
  /** `() => new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' })`. */
  readonly spawn: () => Worker
  /** A worker that shows no sign of life for this long while it runs a job is taken for dead, milliseconds (10,000). */
  readonly silence?: number
}

/** A pool of browser workers, each running an entry file that calls `exposeWorker()`. */
export function createPool({ size, spawn, silence }: BrowserPoolOptions): ComputePool {
  const processors = navigator.hardwareConcurrency
  return new WorkerPool({
    size: size ?? Math.max(1, Math.min(4, processors - 1)),
    spawn: () => browserHandle(spawn()),
    ...(silence === undefined ? {} : { silence }),
  })
}

function browserHandle(worker: Worker): WorkerHandle {
  return {
    endpoint: worker,
    onDeath(listener) {
      worker.addEventListener('error', (event) => listener(`its worker failed: ${event.message || 'no reason given'}`))
      worker.addEventListener('messageerror', () => listener('its worker sent an unreadable message'))
    },
    terminate: () => worker.terminate(),
  }
}
