import type { Method } from '../methods/method.ts'
import type { Leg } from '../run/leg.ts'
import type { SensitivitySystem, System } from '../system.ts'

/** Resolved error tolerances: one absolute tolerance for each state. */
export interface Tolerances {
  readonly rtol: number
  readonly atol: Float64Array
}

/**
 * The steps of one subject, as its run sees them: a stepper, or one lane of a `LaneStepper`.
 *
 * The extended state is z = [y; s_0; …; s_(m-1)], of width n·(1 + m), where s_j = ∂y/∂p_j.
 */
export interface StepperLane {
  /** n. */
  readonly dimension: number
  /** m; 0 when no sensitivities are carried. */
  readonly parameterCount: number
  /** Order of the advancing formula of the next step. */
  readonly order: number
  /** Order of the error estimate of the last attempt: step sizes follow norm^(-1/(errorOrder + 1)). */
  readonly errorOrder: number
  /** Number of rows K_r in the continuous extension, the most where methods change. */
  readonly denseRows: number
  /** Time up to which steps were accepted. */
  readonly t: number
  /** State at `t`, length n; a view that moves between buffers: read it anew after every `accept`. */
  readonly y: Float64Array
  /** Sensitivities at `t` (m × n, parameter-major), null when none are carried; a view like `y`. */
  readonly s: Float64Array | null
  /** Limit of the next step that the last accepted one suggests, besides its error; absent where there is none. */
  readonly longestStep?: number
  /** The matrix of the last attempt had no inverse; its norm is NaN. */
  readonly singular: boolean
  /** Work since the stepper was made, or the lane since the ensemble began. */
  readonly rhsEvaluations: number
  readonly jacobianEvaluations: number
  readonly decompositions: number
  /** Attempts that had to be made again with pivoting; absent for steppers that always pivot, or have no matrix. */
  readonly pivotFallbacks?: number
  /**
   * Begins anew at (t, y, s), forgetting the past; copies. What a system computes from may have changed since the last
   * start (by events), and does not change until the next.
   */
  start(t: number, y: Float64Array, s: Float64Array | null): void
  /**
   * Writes f(t, y), as `System.derivative` does but for rounding, for less; before a `start` only. Absent where the system
   * has to do it.
   */
  derivative?(t: number, y: Float64Array, dydt: Float64Array): void
  /** Index of the state with the largest share in the error of the last attempt, or the first that was not finite. */
  worst(): number
  /**
   * Writes the continuous extension of the last accepted step at `offset`: rows z0, z1, K_1, K_2 …, each of the width of
   * z; see `evaluateDense`. Where methods change, rows beyond those of the method that made the step are 0.
   */
  dense(out: Float64Array, offset: number): void
  /**
   * Estimate of h·|λ| for the dominant eigenvalue λ of ∂f/∂y over the last accepted step, NaN when unknown, as where the
   * solution rests. Serves the automatic choice of the method.
   */
  stiffness(): number
  /**
   * Norm of the error of the sensitivities over the last accepted step, as that of the states (see `Stepper.attempt`); see
   * `SensitivityError`. Asked for before the next attempt or start, and only where sensitivities are carried.
   */
  sensitivityNorm(): number
  /** As `stiffness`, from the sensitivities of the last accepted step; after `sensitivityNorm`. NaN also where there is no such estimate. */
  sensitivityStiffness(): number
}

/**
 * Takes single steps of one method on one system; what the driver `integrate` sees of a method.
 *
 * Life of a step: `attempt` as often as needed, `accept` once, then `dense`, which stays valid until the next `attempt`
 * or `start`. All memory is allocated when the stepper is made.
 */
export interface Stepper extends StepperLane {
  /**
   * Tries a step from `t` to `end` > t and returns the root mean square of err_i / (atol_i + rtol·max(|y0_i|, |y1_i|)):
   * at most 1 when the step is good enough, NaN or Infinity when something was not finite.
   */
  attempt(end: number): number
  /** Makes the end of the last attempt the present state, and carries the sensitivities there. */
  accept(): void
  /**
   * Goes along a leg by itself, with the step control of `integrate`. Absent where it cannot. After a stop that is 'odd'
   * the last attempt is to be accepted where its norm is at most 1.
   */
  march?(leg: Leg): void
  /** The run is over: nobody will ask the stepper for anything any more. */
  release?(): void
}

/**
 * Makes a stepper. `sensitivities` is the system again when sensitivities are to be carried, else null.
 *
 * A caller of `integrate` may bring its own, to run compiled steppers of the same methods.
 */
export type StepperFactory = (
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
) => Stepper
