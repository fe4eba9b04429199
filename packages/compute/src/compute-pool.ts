import type { FitControl } from '@cartkin/fitting'
import type { Model, SharedModel } from '@cartkin/model'
import type { Answer, AnswerTo, Job, Progress } from './protocol.ts'

export interface RunOptions {
  readonly onProgress?: (progress: Progress) => void
  /** Aborting settles the call with status 'cancelled' within 200 ms. */
  readonly signal?: AbortSignal
  /** Aborting ends a fit early with its best values and their covariance: outcome 'stopped'. Other jobs run on. */
  readonly finish?: AbortSignal
  /**
   * Brings commands to a fit (`kind: 'fit'` with `steering`), or pause, resume and stop to fits of every subject alone; other
   * jobs do not listen. A pause holds the worker.
   */
  readonly control?: FitControl
  /** Longest time for the job on its worker, milliseconds (Infinity). A job that takes longer is 'crashed'. */
  readonly deadline?: number
}

/** Worker threads that run jobs; the same class in browser and Node. */
export interface ComputePool {
  readonly size: number
  /** Runs a job on the next free worker. Never rejects: every failure is an `Answer`. */
  run<J extends Job>(job: J, options?: RunOptions): Promise<Answer<AnswerTo<J>>>
  /** Gives every worker the model of a text, compiled or as it was read, which none of them makes again then. */
  provide?(text: string, model: SharedModel | Model): void
  /** Whether the workers were given this model, or can do without. */
  hasProvided?(text: string): boolean
  /** Ends the workers; calls still open settle as 'cancelled'. */
  close(): Promise<void>
}
