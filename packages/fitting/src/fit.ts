import type { FitProblem } from './fit-problem.ts'
import type { FitIteration, FitResult } from './fit-result.ts'

export interface FitOptions {
  /** Most iterations (200). */
  readonly maxIterations?: number
  /** Told of every iteration. */
  readonly onIteration?: (iteration: FitIteration) => void
  /** Asked between and within evaluations; true ends the fit with its best values and their covariance. */
  readonly shouldStop?: () => boolean
  /** Given the chance to yield between iterations (a worker reads its messages here). */
  readonly pause?: () => Promise<void>
}

/** Estimates parameters by bounded trust-region least squares or maximum likelihood on exact sensitivities. */
export declare function fit(problem: FitProblem, options?: FitOptions): Promise<FitResult>
