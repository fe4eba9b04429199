import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { barOf } from './bars.ts'
import type { PopulationShare, PopulationTask } from './population-worker.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

/** What a run of all subjects took, milliseconds. */
interface Run {
  /** By the clock. */
  readonly wall: number
  /** Processor time of each worker's thread. */
  readonly threads: readonly number[]
  /** Processor time of the process: the workers, and threads that collect garbage and compile. */
  readonly process: number
}

/**
 * Two workers against one on the same part of P4.
 *
 * The row that is held counts processor time, which a busy machine does not stretch: on two free cores two workers are
 * done after the longer of their times, or half of all that the process does, whichever is more. It shows what workers
 * cost each other: memory, caches, garbage, the counter they share. The other row is the quickest round of each by the
 * clock, and is what a free machine makes of it.
 */
export const scaling: Question = {
  name: 'scaling',
  asks: 'How much faster are two workers than one?',
  async *run({ quick, wants }) {
    if (!wants('P4')) return
    const subjects = quick ? 800 : 1600
    const crew = await Promise.all([startWorker(subjects), startWorker(subjects)])
    const pairs: { readonly one: Run; readonly two: Run }[] = []
    try {
      // each worker alone through all, so that none meets a subject for the first time
      for (const worker of crew) await runWorkers([worker], subjects)
      for (let round = 0; round < (quick ? 5 : 11); round++) {
        const one = await runWorkers(crew.slice(round % 2, (round % 2) + 1), subjects)
        pairs.push({ one, two: await runWorkers(crew, subjects) })
      }
    } finally {
      await Promise.all(crew.map((worker) => worker.terminate()))
    }
    const free = ({ threads, process: all }: Run) => Math.max(...threads, all / 2)
    const fromThreads = pairs.map(({ one, two }) => [Math.max(...one.threads), free(two)] as const)
    yield row('one-worker', {
      ratio: median(fromThreads.map(([one, two]) => one / two)),
      ours: median(fromThreads.map(([, two]) => two)),
      theirs: median(fromThreads.map(([one]) => one)),
    })
    const ours = Math.min(...pairs.map(({ two }) => two.wall))
    const theirs = Math.min(...pairs.map(({ one }) => one.wall))
    yield row('its clock', { ratio: theirs / ours, ours, theirs })
  },
}

function row(rival: string, times: Pick<Row, 'ratio' | 'ours' | 'theirs'>): Row {
  return {
    question: 'scaling',
    problem: 'P4',
    method: '2 workers',
    rival,
    target: Number.NaN,
    ...times,
    unit: 'ms',
    achievedError: Number.NaN,
    rivalError: Number.NaN,
    state: 'measured',
    ...barOf('scaling', 'P4', rival, Number.NaN),
  }
}

async function startWorker(subjects: number): Promise<Worker> {
  const worker = new Worker(new URL('./population-worker.ts', import.meta.url), { workerData: subjects })
  await once(worker, 'message')
  return worker
}

/** Lets the workers take all subjects from a shared counter. */
async function runWorkers(workers: readonly Worker[], subjects: number): Promise<Run> {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const start = performance.now()
  const before = process.cpuUsage()
  const shares = await Promise.all(
    workers.map(async (worker): Promise<PopulationShare> => {
      const done = once(worker, 'message')
      const task: PopulationTask = { next, subjects }
      worker.postMessage(task)
      const [share] = await done
      return share
    }),
  )
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, threads: shares.map(({ cpu }) => cpu), process: (user + system) / 1000 }
}
