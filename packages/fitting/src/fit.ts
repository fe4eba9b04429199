import { RunMemory } from '@cartkin/simulation'
import type { FitIteration, FitResult } from './fit-result.ts'
import type { FitProblem } from './problem/fit-problem.ts'
import { modelResiduals, naturalValues } from './problem/model-residuals.ts'
import { type ResolvedProblem, resolveProblem } from './problem/resolve-problem.ts'
import { finalEvaluation, nelderMead } from './search/nelder-mead.ts'
import { type TrustRegionResult, trustRegion } from './search/trust-region.ts'
import { summarize } from './summarize.ts'

export interface FitOptions {
  /**
   * How the minimum is sought ('trust-region'): by exact sensitivities, or by a simplex without derivatives, for objectives
   * that jump or have kinks. A simplex takes many times the simulations.
   */
  readonly search?: FitSearch
  /** Most iterations (500; for 'nelder-mead' 1000 for each estimated parameter). */
  readonly maxIterations?: number
  /** Told of every iteration. */
  readonly onIteration?: (iteration: FitIteration) => void
  /** Asked between and within evaluations; true ends the fit with its best values and their covariance. */
  readonly shouldStop?: () => boolean
  /** Given the chance to yield between iterations (a worker reads its messages here). */
  readonly pause?: () => Promise<void>
}

export type FitSearch = 'trust-region' | 'nelder-mead'

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
  const search = options.search === 'nelder-mead' ? nelderMead : trustRegion
  const memory = new RunMemory()
  const steps = search(modelResiduals(resolved, options.shouldStop, memory), start, {
    ...(options.maxIterations !== undefined && { maxIterations: options.maxIterations }),
    ...(options.shouldStop !== undefined && { shouldStop: options.shouldStop }),
  })
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return summarize(resolved, evaluated(resolved, step.value), memory)
    const { x, iteration, evaluations, objective, best, gradient, stepSize } = step.value
    const told = { iteration, evaluations, objective, best, gradient, stepSize }
    options.onIteration?.({ ...told, values: naturalValues(resolved, x) })
    if (options.pause !== undefined) await options.pause()
  }
}

/** A search without derivatives that was stopped has its best point, but not what belongs to it. */
function evaluated(resolved: ResolvedProblem, result: TrustRegionResult): TrustRegionResult {
  if (result.evaluation !== null || result.iterations === 0) return result
  return { ...result, evaluation: finalEvaluation(modelResiduals(resolved), result.x) }
}
