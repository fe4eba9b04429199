import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { barOf } from './bars.ts'
import type { PopulationTask } from './population-worker.ts'
import { median } from './race.ts'
import type { Question } from './row.ts'

/** Two workers against one on the same part of P4: wall time, so only two free cores show what is possible. */
export const scaling: Question = {
  name: 'scaling',
  asks: 'How much faster are two workers than one?',
  async *run({ quick }) {
    const subjects = quick ? 320 : 1600
    const crew = await Promise.all([startWorker(subjects), startWorker(subjects)])
    const pairs: { readonly one: number; readonly two: number }[] = []
    try {
      await timeWorkers(crew, subjects)
      for (let round = 0; round < (quick ? 3 : 9); round++) {
        const one = await timeWorkers(crew.slice(0, 1), subjects)
        pairs.push({ one, two: await timeWorkers(crew, subjects) })
      }
    } finally {
      await Promise.all(crew.map((worker) => worker.terminate()))
    }
    yield* [
      {
        question: 'scaling',
        problem: 'P4',
        method: '2 workers',
        rival: 'one-worker',
        target: Number.NaN,
        ratio: median(pairs.map(({ one, two }) => one / two)),
        ours: median(pairs.map(({ two }) => two)),
        theirs: median(pairs.map(({ one }) => one)),
        unit: 'ms',
        achievedError: Number.NaN,
        rivalError: Number.NaN,
        state: 'measured',
        ...barOf('scaling', 'P4', 'one-worker', Number.NaN),
      },
    ]
  },
}

async function startWorker(subjects: number): Promise<Worker> {
  const worker = new Worker(new URL('./population-worker.ts', import.meta.url), { workerData: subjects })
  await once(worker, 'message')
  return worker
}

/** Milliseconds until the workers have taken all subjects from a shared counter. */
async function timeWorkers(workers: readonly Worker[], subjects: number): Promise<number> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const start = performance.now()
  await Promise.all(
    workers.map((worker) => {
      const done = once(worker, 'message')
      const task: PopulationTask = { next, subjects }
      worker.postMessage(task)
      return done
    }),
  )
  return performance.now() - start
}
