import { type ComputePool, createPool } from '@cartkin/compute'
import workerUrl from './compute.worker.ts?worker&url'
import type { Workers } from './workers.ts'

/** The page's workers. The live one starts at once. */
export function createWorkers(): Workers {
  // The one policy of the page: scripts are started from the compute worker's own address and from nowhere else.
  const policy = window.trustedTypes?.createPolicy('cartkin-worker', {
    createScriptURL(url) {
      if (url !== workerUrl) throw new TypeError(`not the compute worker: ${url}`)
      return url
    },
  })
  const spawn = (): Worker =>
    new Worker(policy ? policy.createScriptURL(workerUrl) : workerUrl, { type: 'module', name: 'compute' })
  const live = createPool({ size: 1, spawn })
  const held: { batch?: ComputePool } = {}
  return {
    live,
    batch() {
      held.batch ??= createPool({ spawn })
      return held.batch
    },
  }
}
