import { parentPort } from 'node:worker_threads'
import { hashesAt } from './hash-runs.ts'

parentPort?.on('message', async (places: readonly number[]) => {
  parentPort?.postMessage(await hashesAt(places))
})
