import type { RecordedRow, RunCourse, TargetCheck } from '@cartkin/cart-models'
import type { PopulationSummary } from '@cartkin/compute'
import type { ModelSource } from '../steps/step-result.ts'

/**
 * What became of a target since the last accepted validation:
 *
 * - `met`: met, as recorded, or not recorded yet
 * - `known miss`: missed, as recorded
 * - `newly missed`: missed, and not recorded as a miss
 * - `newly met`: met, and recorded as a miss: the record is to be renewed
 */
export type Standing = 'met' | 'known miss' | 'newly missed' | 'newly met'

/** A target with our value, what was tuned to it, and what was known of it. */
export interface ValidationRow extends TargetCheck {
  /** Library model that the value was computed with. */
  readonly model: string
  readonly tuned: boolean
  readonly standing: Standing
  /** Why a known miss is one; empty otherwise. */
  readonly reason: string
}

/** Runs of one model, or of its virtual population, with the targets they are held against. */
export interface ValidationGroup {
  readonly source: ModelSource
  readonly rows: readonly ValidationRow[]
  readonly runs: CourseRuns | PopulationRuns
}

export interface CourseRuns {
  readonly kind: 'courses'
  /** Courses with names that tell them apart. */
  readonly courses: readonly RunCourse[]
}

export interface PopulationRuns {
  readonly kind: 'population'
  readonly answer: PopulationSummary
  readonly times: Float64Array
  readonly quantities: readonly string[]
}

/** The library held against its targets. */
export interface Validation {
  /** In the order of the targets. */
  readonly rows: readonly ValidationRow[]
  readonly groups: readonly ValidationGroup[]
  /** Virtual patients behind the cohort figures, and their seed. */
  readonly subjects: number
  readonly seed: number
}

/** Where a row stands against the record of the last accepted validation. */
export function standingOf(pass: boolean, recorded: RecordedRow | undefined): Standing {
  if (recorded?.state === 'missed') return pass ? 'newly met' : 'known miss'
  return pass ? 'met' : 'newly missed'
}
