import { parentPort } from 'node:worker_threads'
import type { Endpoint } from 'comlink'
import { nodeEndpoint } from './node-endpoint.ts'

/** Where the calling worker thread reaches its pool. */
export function parentEndpoint(): Endpoint {
  if (!parentPort) throw new Error('parentEndpoint must be called in a worker thread, not on the main thread')
  return nodeEndpoint(parentPort)
}
