import { createModelCache, runJob, type SimulateAnswer, type SimulateJob } from '@cartkin/compute'
import { BadInput, Stopped } from '../failure.ts'
import type { Io } from '../io.ts'

/** How long a course may hold this thread, which cannot hear Ctrl-C meanwhile, milliseconds. */
const patience = 1000

/** Runs courses one after the other. */
export interface CourseRunner {
  /** Throws BadInput for what cannot be run as asked and Stopped when the user asks for an end. */
  run(job: SimulateJob): Promise<SimulateAnswer>
  close(): Promise<void>
}

/** Short courses run on this thread; one that takes long starts again on a worker thread, as do those that follow. */
export function courseRunner(io: Io): CourseRunner {
  const models = createModelCache()
  const aside: { pool: ReturnType<typeof import('@cartkin/compute/node').createNodePool> | null } = { pool: null }
  async function answerTo(job: SimulateJob) {
    if (!aside.pool) {
      const until = performance.now() + patience
      const answer = await runJob(job, { models, wanted: () => (performance.now() < until ? 'run' : 'cancel') })
      if (answer.status !== 'cancelled') return answer
      const { createNodePool } = await import('@cartkin/compute/node')
      aside.pool = createNodePool({ size: 1 })
    }
    return aside.pool.run(job, { signal: io.signal })
  }
  return {
    async run(job) {
      // A pause lets the signals of the terminal in.
      await new Promise((resolve) => setImmediate(resolve))
      if (io.signal.aborted) throw new Stopped('stopped; nothing was written')
      const answer = await answerTo(job)
      if (answer.status === 'bad-job' || answer.status === 'missing-inputs') throw new BadInput(answer.message)
      if (answer.status === 'cancelled') throw new Stopped('stopped; nothing was written')
      if (answer.status === 'crashed') throw new BadInput(`the run could not be completed: ${answer.message}`)
      if (answer.status !== 'ok' || answer.result.kind !== 'simulate')
        throw new Error(`a simulation was answered with ${answer.status}`)
      return answer.result
    },
    close: async () => aside.pool?.close(),
  }
}
