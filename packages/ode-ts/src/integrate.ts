import type { Method } from './method.ts'
import type { StepControl, Statistics, Stopping } from './options.ts'
import type { Outcome } from './outcome.ts'
import type { Problem } from './problem.ts'
import type { Trajectory } from './trajectory.ts'

/** What an integration gives: how it ended, the solution up to there, and the work done. */
export interface Solution {
  readonly outcome: Outcome
  readonly trajectory: Trajectory
  readonly statistics: Statistics
}

/**
 * Integrates a problem.
 *
 * `method` 'auto' starts explicit (Tsit5), turns to Rodas5P where the problem is stiff and back where it is not.
 */
export declare function integrate(
  problem: Problem,
  method: Method | 'auto',
  control?: StepControl,
  stopping?: Stopping,
): Solution
