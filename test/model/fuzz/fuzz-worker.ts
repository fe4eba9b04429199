import { parentPort } from 'node:worker_threads'
import { fuzzSeeds } from './fuzz-seeds.ts'

export interface Shard {
  readonly from: number
  readonly to: number
  /** Element 0 is the seed at hand, in shared memory: it tells where a thread hangs. */
  readonly progress: Int32Array
}

parentPort?.on('message', ({ from, to, progress }: Shard) => {
  try {
    fuzzSeeds(from, to, (seed) => Atomics.store(progress, 0, seed))
    parentPort?.postMessage('')
  } catch (error) {
    parentPort?.postMessage(error instanceof Error ? error.message : String(error))
  }
})
