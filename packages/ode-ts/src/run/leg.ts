import type { StepSink } from '../output/step-sink.ts'
import type { Problem } from '../problem.ts'
import type { ResolvedControl } from './resolve-control.ts'
import type { StepController } from './step-controller.ts'

/**
 * Why a stepper ended its march along a leg:
 *
 * - 'target': it is there;
 * - 'limit': it made as many steps or attempts as it may at a time, or its partner in the other lane had to stop;
 * - 'odd': the norm of its last attempt is that of `Leg.norm`, neither accepted nor rejected yet;
 * - 'small': the next step would be lost in the rounding of time.
 */
export type LegStop = 'target' | 'limit' | 'odd' | 'small'

/** Looks at the stiffness that a marching explicit method takes. */
export interface StiffnessWatch {
  /** Accepted steps from one look to the next, a power of two. */
  readonly every: number
  /** h·|λ| from which a step counts as stiff. */
  readonly limit: number
  /** h·|λ| to which the step after a look is held, Infinity for no such limit. */
  readonly cap: number
  /** Looks in a row that find it stiff after which to come back. */
  readonly mostLooks: number
  /** Accepted steps and looks in a row that found it stiff, up to now; carried on. */
  steps: number
  looks: number
}

/**
 * A stretch between two events along which a stepper may go by itself: what the run asks of it, and what it tells
 * when it comes back.
 */
export interface Leg {
  /** Where the stretch ends. */
  target: number
  maxStep: number
  /** Least step, besides the resolution of time. */
  shortest: number
  /** Accepted steps, attempts, and rejections in a row, after which to come back. */
  mostAccepted: number
  mostAttempts: number
  mostRejections: number
  /** Absent where nobody wants to know. */
  watch: StiffnessWatch | null
  /** The next step, and what step control remembers; carried on. */
  readonly controller: StepController
  /** Where the solution goes. */
  readonly sink: StepSink
  /** Accepted steps and attempts of this march. */
  accepted: number
  attempts: number
  stop: LegStop
  /** Start, end and norm of the last attempt, when the march stopped at it because it is 'odd'. */
  start: number
  end: number
  norm: number
}

/** The leg of a run, before anything is asked of it. */
export function newLeg(
  { t0, t1 }: Problem,
  { maxStep }: ResolvedControl,
  controller: StepController,
  sink: StepSink,
): Leg {
  return {
    target: Number.NaN,
    maxStep,
    shortest: 1e-30 * (t1 - t0),
    mostAccepted: Number.POSITIVE_INFINITY,
    mostAttempts: Number.POSITIVE_INFINITY,
    mostRejections: Number.POSITIVE_INFINITY,
    watch: null,
    controller,
    sink,
    accepted: 0,
    attempts: 0,
    stop: 'limit',
    start: Number.NaN,
    end: Number.NaN,
    norm: Number.NaN,
  }
}
