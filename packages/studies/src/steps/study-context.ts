import type { ComputePool } from '@cartkin/compute'
import type { Manifest } from '@cartkin/tables'
import type { Plan } from '../plan/plan.ts'
import type { FitWatch } from './fit-watch.ts'
import type { StepResult } from './step-result.ts'

/** What a step may use while it runs. */
export interface StudyContext {
  readonly plan: Plan
  /** File of the plan, for messages. */
  readonly file: string
  /** Folder that its paths are read from. */
  readonly folder: string
  readonly pool: ComputePool
  readonly signal: AbortSignal
  /** Results of the steps before, by name. */
  readonly results: ReadonlyMap<string, StepResult>
  /** What the study was made from so far: a manifest that lists no files. */
  readonly provenance: () => Promise<Manifest>
  /** Share of the present step that is done, 0 to 1. */
  readonly progress: (share: number) => void
  /** Who sees and steers fits, if anybody. */
  readonly watch?: FitWatch
}

/** The study was stopped; nothing was published. */
export class StudyStopped extends Error {
  override readonly name = 'StudyStopped'
}
