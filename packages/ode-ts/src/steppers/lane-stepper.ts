import type { Method } from '../methods/method.ts'
import type { Leg } from '../run/leg.ts'
import type { SensitivitySystem, System } from '../system.ts'
import type { StepperLane, Tolerances } from './stepper.ts'

/** One of the two lanes. */
export type Lane = 0 | 1

/** Something thrown. */
export interface Thrown {
  readonly error: unknown
}

/**
 * Takes steps of one method for two subjects at once, each with its own time, step, error and acceptance.
 *
 * The bits of a subject are those of a scalar `Stepper`, in either lane and beside any partner. All memory is allocated
 * when the stepper is made, except what `assign` may need.
 */
export interface LaneStepper {
  /** What each subject sees: read anew after `assign`. `start` on one lane leaves the other as it is. */
  readonly lanes: readonly [StepperLane, StepperLane]
  /** Error norms of the last attempt (see `Stepper.attempt`), one for each lane; meaningless where a lane was idle. */
  readonly norms: Float64Array
  /** What the system of a lane threw in the last attempt or its acceptance; null where it did not, as ever in kernels. */
  readonly thrown: readonly [Thrown | null, Thrown | null]
  /**
   * Gives a lane its next subject. Nothing of the subject before may show in what follows; `start` comes next.
   * `sensitivities` is the system again when sensitivities are to be carried, else null.
   */
  assign(lane: Lane, system: System, sensitivities: SensitivitySystem | null): void
  /** Tries a step in each lane, to `end0` and `end1`; NaN leaves that lane idle. */
  attempt(end0: number, end1: number): void
  /** Makes the ends of the last attempt the present states of the lanes in `mask`: bit 0 for lane 0, bit 1 for lane 1. */
  accept(mask: number): void
  /** As `Stepper.march`, each lane along its own leg until one of them stops; null leaves a lane idle. */
  march?(leg0: Leg | null, leg1: Leg | null): void
  /** All runs are over: nobody will ask the stepper for anything any more. */
  release?(): void
}

/**
 * Makes a stepper with two lanes for systems such as `system`, that of the first subject; `sensitivities` is it again
 * when sensitivities are to be carried, else null. Both lanes are to be assigned before use.
 */
export type LaneStepperFactory = (
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
) => LaneStepper
