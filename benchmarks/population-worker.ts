import { parentPort, workerData } from 'node:worker_threads'
import { rodas5p } from 'ode-ts'
import { solveAll } from './own-contender.ts'
import { p1 } from './problems/p1.ts'
import { prepare } from './problems/prepared.ts'

/** Subjects to be solved, taken in chunks from a counter that workers share. */
export interface PopulationTask {
  readonly next: Int32Array<SharedArrayBuffer>
  readonly subjects: number
}

const CHUNK = 8
const RTOL = 1e-6

const port = parentPort
if (port === null) throw new Error('population-worker.ts runs in a worker thread')
const prepared = prepare(p1, Number(workerData))
port.on('message', ({ next, subjects }: PopulationTask) => {
  for (;;) {
    const first = Atomics.add(next, 0, CHUNK)
    if (first >= subjects) break
    solveAll({ ...prepared, subjects: prepared.subjects.slice(first, first + CHUNK) }, rodas5p, RTOL)
  }
  port.postMessage('done')
})
port.postMessage('ready')
