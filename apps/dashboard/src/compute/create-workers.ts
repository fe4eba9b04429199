import { type ComputePool, createPool } from '@cartkin/compute'
import readerUrl from '../datasets/data.worker.ts?worker&url'
import workerUrl from './compute.worker.ts?worker&url'
import type { Workers } from './workers.ts'

/** The page's workers. The live one starts at once. */
export function createWorkers(): Workers {
  // The one policy of the page: scripts are started from the addresses of its own workers and from nowhere else.
  const policy = window.trustedTypes?.createPolicy('cartkin-worker', {
    createScriptURL(url) {
      if (url !== workerUrl && url !== readerUrl) throw new TypeError(`no worker of the page: ${url}`)
      return url
    },
  })
  const start = (url: string, name: string): Worker =>
    new Worker(policy ? policy.createScriptURL(url) : url, { type: 'module', name })
  const spawn = (): Worker => start(workerUrl, 'compute')
  const live = createPool({ size: 1, spawn })
  const held: { batch?: ComputePool; steered?: ComputePool } = {}
  return {
    live,
    batch() {
      held.batch ??= createPool({ spawn })
      return held.batch
    },
    steered() {
      held.steered ??= createPool({ size: 1, spawn })
      return held.steered
    },
    reader: () => start(readerUrl, 'data'),
  }
}
