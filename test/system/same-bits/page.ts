import { type AskHashes, changedInCompany, type Hashes, hashRuns } from '../../compute/same-bits/hash-runs.ts'

declare global {
  interface Window {
    /** Hashes of all golden runs by this many workers, chunk by chunk. */
    hashInWorkers?: (count: number, chunk: number) => Promise<Hashes>
    changedInCompany?: () => Promise<readonly string[]>
  }
}

function askOf(worker: Worker): AskHashes {
  return (places) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage(places)
    })
}

window.hashInWorkers = async (count, chunk) => {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./page-worker.ts', import.meta.url), { type: 'module' }),
  )
  try {
    return await hashRuns(workers.map(askOf), chunk)
  } finally {
    for (const worker of workers) worker.terminate()
  }
}
window.changedInCompany = changedInCompany
