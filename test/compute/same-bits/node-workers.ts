import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type AskHashes, type Hashes, hashRuns } from './hash-runs.ts'

/** Hashes of all runs by this many Node threads, chunk by chunk. */
export async function hashInNodeWorkers(count: number, chunk: number): Promise<Hashes> {
  const threads = Array.from({ length: count }, () => new Worker(new URL('./golden-worker.ts', import.meta.url)))
  try {
    return await hashRuns(threads.map(askOf), chunk)
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()))
  }
}

function askOf(thread: Worker): AskHashes {
  return async (places) => {
    const answer = once(thread, 'message')
    thread.postMessage(places)
    const [hashes] = await answer
    return hashes
  }
}
