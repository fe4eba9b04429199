import { parentPort, workerData } from 'node:worker_threads'
import { rodas5p } from 'ode-ts'
import { OwnSolver } from './own-solver.ts'
import { p1 } from './problems/p1.ts'
import { prepare } from './problems/prepared.ts'

/** Subjects to be solved, taken in chunks from a counter that workers share. */
export interface PopulationTask {
  readonly next: Int32Array<SharedArrayBuffer>
  readonly subjects: number
}

/** What a worker spent on its part, milliseconds of its own thread. */
export interface PopulationShare {
  readonly cpu: number
}

const CHUNK = 8
const RTOL = 1e-6

const port = parentPort
if (port === null) throw new Error('population-worker.ts runs in a worker thread')
const prepared = prepare(p1, Number(workerData))
const chunks = Array.from({ length: Math.ceil(prepared.subjects.length / CHUNK) }, (_, k) => {
  return new OwnSolver({ ...prepared, subjects: prepared.subjects.slice(k * CHUNK, (k + 1) * CHUNK) }, rodas5p)
})
port.on('message', ({ next, subjects }: PopulationTask) => {
  const before = process.threadCpuUsage()
  for (;;) {
    const first = Atomics.add(next, 0, CHUNK)
    if (first >= subjects) break
    chunks[first / CHUNK]?.solve(RTOL)
  }
  const { user, system } = process.threadCpuUsage(before)
  const share: PopulationShare = { cpu: (user + system) / 1000 }
  port.postMessage(share)
})
port.postMessage('ready')
