import type { FitIteration, FitResult } from './fit-result.ts'
import type { FitProblem } from './problem/fit-problem.ts'
import { modelResiduals, naturalValues } from './problem/model-residuals.ts'
import { resolveProblem } from './problem/resolve-problem.ts'
import { trustRegion } from './search/trust-region.ts'
import { summarize } from './summarize.ts'

export interface FitOptions {
  /** Most iterations (500). */
  readonly maxIterations?: number
  /** Told of every iteration. */
  readonly onIteration?: (iteration: FitIteration) => void
  /** Asked between and within evaluations; true ends the fit with its best values and their covariance. */
  readonly shouldStop?: () => boolean
  /** Given the chance to yield between iterations (a worker reads its messages here). */
  readonly pause?: () => Promise<void>
}

/**
 * Estimates parameters by bounded trust-region least squares or maximum likelihood on exact sensitivities.
 *
 * Where every error is given the objective is the weighted sum of squares (censored observations add −2 log of their
 * probability); otherwise it is −2 log likelihood with all its constants. Priors make it a MAP estimate. The result has
 * the same bits wherever it runs.
 * Misuse (an unknown name, a start outside its bounds, an observation without its sd) rejects with a RangeError; a fit
 * that cannot go on is an outcome with its reason and the best values found.
 */
export async function fit(problem: FitProblem, options: FitOptions = {}): Promise<FitResult> {
  const resolved = resolveProblem(problem)
  const start = Float64Array.from(problem.estimated, ({ start }, j) => resolved.transforms[j]!.toCoordinate(start))
  const steps = trustRegion(modelResiduals(resolved, options.shouldStop), start, {
    ...(options.maxIterations !== undefined && { maxIterations: options.maxIterations }),
    ...(options.shouldStop !== undefined && { shouldStop: options.shouldStop }),
  })
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return summarize(resolved, step.value)
    const { x, accepted: _, ...iteration } = step.value
    options.onIteration?.({ ...iteration, values: naturalValues(resolved, x) })
    if (options.pause !== undefined) await options.pause()
  }
}
