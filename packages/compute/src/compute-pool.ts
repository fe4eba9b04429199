import type { Answer, AnswerTo, Job, Progress } from './protocol.ts'

export interface RunOptions {
  readonly onProgress?: (progress: Progress) => void
  /** Aborting settles the call with status 'cancelled' within 200 ms. */
  readonly signal?: AbortSignal
  /** Longest time for the job, milliseconds (Infinity). */
  readonly deadline?: number
}

/** Worker threads that run jobs; the same class in browser and Node. */
export interface ComputePool {
  readonly size: number
  /** Runs a job on the next free worker. Never rejects: every failure is an `Answer`. */
  run<J extends Job>(job: J, options?: RunOptions): Promise<Answer<AnswerTo<J>>>
  /** Ends the workers; calls still open settle as 'cancelled'. */
  close(): Promise<void>
}
