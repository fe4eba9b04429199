import { mean, quantileOfSorted, standardDeviation } from '@cartkin/numerics'
import { fit } from '../fit.ts'
import type { FitOutcome, FitResult } from '../fit-result.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { checkBootstrap } from './check-bootstrap.ts'
import { type BootstrapKind, type BootstrappedFit, resampler } from './resampler.ts'

export interface BootstrapOptions {
  readonly kind: BootstrapKind
  /** How many data sets are drawn and fitted. */
  readonly replicates: number
  readonly seed: number
  /** Number of the first replicate (0): parts of a bootstrap are those of the whole. */
  readonly from?: number
  /** Confidence level (0.95). */
  readonly level?: number
  /** Most iterations of each fit (100). */
  readonly maxIterations?: number
  /** True ends it with the replicates that are done. */
  readonly shouldStop?: () => boolean
  readonly pause?: () => Promise<void>
  /** Told of every replicate. */
  readonly onReplicate?: (done: number, total: number) => void
}

/** One fit of a drawn data set. */
export interface BootstrapReplicate {
  readonly replicate: number
  readonly status: FitOutcome['status']
  /** Why it did not converge; empty where it did. */
  readonly reason: string
  readonly objective: number
  /** In the order of the estimated parameters. */
  readonly values: Float64Array
}

/** A parameter over the replicates that converged; on the natural scale. */
export interface BootstrappedParameter {
  readonly name: string
  readonly estimate: number
  readonly mean: number
  readonly median: number
  /** Mean less the estimate. */
  readonly bias: number
  /** Standard deviation over the replicates. */
  readonly standardError: number
  /** Percentiles of the level. */
  readonly lower: number
  readonly upper: number
}

export interface BootstrapResult {
  readonly kind: BootstrapKind
  readonly seed: number
  readonly level: number
  /** Replicates by how they ended; only 'converged' ones count in `parameters`. */
  readonly status: Readonly<Record<string, number>>
  readonly parameters: readonly BootstrappedParameter[]
  readonly replicates: readonly BootstrapReplicate[]
}

/**
 * Bootstrap of a fit (B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993): data sets are drawn anew and
 * fitted from the estimates. 'case' draws subjects with replacement; 'parametric' draws observations around the fitted curve
 * from the error model, and censors what falls below the limit of quantification; 'residual' puts the fit's own weighted
 * residuals, drawn with replacement within an endpoint, onto the curve. Covariates, doses and times stay with their subjects.
 *
 * Replicate k is a function of the problem, the fit, the seed and k alone. A replicate that does not converge is counted and
 * left out of the percentiles, never replaced. Throws a RangeError as `checkBootstrap` does, and where nothing can be drawn around what
 * the fit predicts.
 */
export async function bootstrap(
  problem: FitProblem,
  result: BootstrappedFit,
  options: BootstrapOptions,
): Promise<BootstrapResult> {
  const { kind, seed, replicates, from = 0, maxIterations = 100, shouldStop, pause, onReplicate } = options
  checkBootstrap(problem, options)
  const draw = resampler(problem, result, kind, seed)
  const rows: BootstrapReplicate[] = []
  for (let replicate = from; replicate < from + replicates && shouldStop?.() !== true; replicate++) {
    const found = await fit(draw(replicate), {
      maxIterations,
      ...(shouldStop !== undefined && { shouldStop }),
      ...(pause !== undefined && { pause }),
    })
    if (found.outcome.status === 'stopped') break
    rows.push(rowOf(replicate, found))
    onReplicate?.(rows.length, replicates)
  }
  return summarizeBootstrap(result, rows, options)
}

function rowOf(replicate: number, { outcome, objective, estimates }: FitResult): BootstrapReplicate {
  return {
    replicate,
    status: outcome.status,
    reason: outcome.status === 'failed' ? outcome.message : outcome.status === 'converged' ? '' : outcome.status,
    objective,
    values: Float64Array.from(estimates, ({ estimate }) => estimate),
  }
}

/** What replicates say, in the order of their numbers; options as `checkBootstrap` allows them. */
export function summarizeBootstrap(
  { estimates }: Pick<FitResult, 'estimates'>,
  rows: readonly BootstrapReplicate[],
  { kind, seed, level = 0.95 }: Pick<BootstrapOptions, 'kind' | 'seed' | 'level'>,
): BootstrapResult {
  const replicates = rows.toSorted((a, b) => a.replicate - b.replicate)
  const status: Record<string, number> = {}
  for (const row of replicates) status[row.status] = (status[row.status] ?? 0) + 1
  const used = replicates.filter((row) => row.status === 'converged')
  const parameters = estimates.map(({ name, estimate }, j): BootstrappedParameter => {
    const values = Float64Array.from(used, (row) => row.values[j]!)
    if (values.length < 2)
      return {
        name,
        estimate,
        mean: NaN,
        median: NaN,
        bias: NaN,
        standardError: NaN,
        lower: NaN,
        upper: NaN,
      }
    const centre = mean(values)
    const standardError = standardDeviation(values)
    const sorted = values.sort()
    return {
      name,
      estimate,
      mean: centre,
      median: quantileOfSorted(sorted, 0.5),
      bias: centre - estimate,
      standardError,
      lower: quantileOfSorted(sorted, (1 - level) / 2),
      upper: quantileOfSorted(sorted, (1 + level) / 2),
    }
  })
  return { kind, seed, level, status, parameters, replicates }
}
