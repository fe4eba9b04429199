import type { FitControl } from '@cartkin/fitting'
import type { RunMemory } from '@cartkin/simulation'
import type { ModelLookup } from './model-cache.ts'
import type { Answer, Job, Progress } from './protocol.ts'

/** What a running job asks and tells. */
export interface TaskHooks {
  readonly onProgress?: (progress: Progress) => void
  /** Asked after every step of a solver: 'finish' ends a fit with its best values, 'cancel' ends any job. */
  readonly wanted?: () => 'run' | 'finish' | 'cancel'
  /** Gives the thread a chance to read its messages; needed only where no memory is shared. */
  readonly pause?: () => Promise<void>
  /** Brings commands to a fit. */
  readonly control?: FitControl
}

export interface JobHooks extends TaskHooks {
  /** Compiled models of this thread. */
  readonly models: { get(text: string): ModelLookup | Promise<ModelLookup> }
  /** Memory for the runs of this thread, one job after another; a job has its own where it is absent. */
  readonly memory?: RunMemory
}

/** Turns a job into its answer. */
export type JobRunner = (job: Job, hooks: TaskHooks) => Promise<Answer>
