import type { FitCommand } from '@cartkin/fitting'
import type { Model, SharedModel } from '@cartkin/model'
import type { Remote } from 'comlink'
import type { Control, Wish } from './control.ts'
import type { Answer, Job, Progress } from './protocol.ts'

/** Told of the progress of the job with this number. */
export type ProgressListener = (task: number, progress: Progress) => void

/** What a worker offers to its pool. */
export interface WorkerApi {
  /** Names the listener for the progress of all jobs to come. */
  connect(listener: ProgressListener): void
  /** Runs a job after those given before it. */
  run(task: number, job: Job, control: Control): Promise<Answer>
  /** A model for the jobs to come. */
  provide(text: string, model: SharedModel | Model): void
  /** A wish for a job, where no memory is shared. */
  tell(task: number, wish: Wish): void
  /** A command for a fit. */
  steer(task: number, command: FitCommand): void
}

export type RemoteWorker = Remote<WorkerApi>
