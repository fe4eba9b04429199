import { log } from '@cartkin/numerics'
import { collinearSets } from './collinear-sets.ts'
import { correlation, covariance } from './covariance.ts'
import type { FitResult, ParameterEstimate } from './fit-result.ts'
import { conditionNumber, information } from './information.ts'
import { naturalValues } from './model-residuals.ts'
import { predictionsAt } from './predictions.ts'
import type { Evaluated } from './residual-problem.ts'
import type { ResolvedProblem } from './resolve-problem.ts'
import type { TrustRegionResult } from './trust-region.ts'

/** Half-width of a 95 % interval in standard errors (normal). */
const normal95 = 1.959963984540054

/** What a finished search means: estimates, their uncertainty, predictions and information criteria. */
export function summarize(resolved: ResolvedProblem, result: TrustRegionResult): FitResult {
  const { estimated } = resolved.problem
  const n = estimated.length
  const values = naturalValues(resolved, result.x)
  const atBound = estimated.map(({ lower, upper }, j) =>
    values[j] === lower ? ('lower' as const) : values[j] === upper ? ('upper' as const) : null,
  )
  const evaluation: Evaluated = result.evaluation ?? {
    status: 'evaluated',
    objective: NaN,
    scale: NaN,
    rows: 0,
    residuals: new Float64Array(0),
    jacobian: new Float64Array(0),
  }
  const residualVariance = scaleOf(resolved, evaluation.objective)
  const info = information(
    evaluation,
    n,
    result.evaluation === null ? [] : estimated.map((_, j) => j).filter((j) => atBound[j] === null),
  )
  const collinear = collinearSets(estimated, values, info, residualVariance)
  const unidentified = new Set(
    collinear
      .filter(({ kind }) => kind === 'undetermined')
      .flatMap(({ names }) => names.map((name) => estimated.findIndex((parameter) => parameter.name === name))),
  )
  const covariances = covariance(info, n, residualVariance, unidentified)
  const estimates = estimated.map(({ name, start }, j): ParameterEstimate => {
    const transform = resolved.transforms[j]!
    const deviation = Math.sqrt(covariances[j * n + j]!)
    const estimate = values[j]!
    const standardError = transform.slope(estimate) * deviation
    return {
      name,
      estimate,
      start,
      standardError,
      relativeStandardError: standardError / Math.abs(estimate),
      lower95: transform.toValue(result.x[j]! - normal95 * deviation),
      upper95: transform.toValue(result.x[j]! + normal95 * deviation),
      atBound: atBound[j]!,
    }
  })
  return {
    outcome: result.outcome,
    objective: evaluation.objective,
    objectiveKind: resolved.leastSquares ? 'weighted-sum-of-squares' : 'minus-two-log-likelihood',
    iterations: result.iterations,
    evaluations: result.evaluations,
    estimates,
    covariance: covariances,
    correlation: correlation(covariances, n),
    residualVariance,
    conditionNumber: conditionNumber(info),
    collinear,
    predictions: predictionsAt(resolved, values),
    ...criteria(resolved, evaluation.objective),
  }
}

/** Whether the given standard deviations are known only up to a common factor, which the residuals then tell. */
function scaleIsEstimated({ leastSquares, censoredCount }: ResolvedProblem): boolean {
  return leastSquares && censoredCount === 0
}

function scaleOf(resolved: ResolvedProblem, objective: number): number {
  if (!scaleIsEstimated(resolved)) return 1
  const freedom = resolved.observationCount - resolved.problem.estimated.length
  return freedom > 0 ? objective / freedom : NaN
}

/**
 * AIC = −2 log L + 2k and BIC = −2 log L + k log N at the estimates, always from the full likelihood of the observations
 * on their own scale, so that fits of one data set can be compared whatever their kind. Where the residual scale s is
 * estimated (weighted least squares) it is at its maximum likelihood value F/N and counts as a parameter.
 */
function criteria(resolved: ResolvedProblem, objective: number): { readonly aic: number; readonly bic: number } {
  const count = resolved.observationCount
  let deviance = objective
  let k = resolved.problem.estimated.length
  if (resolved.leastSquares) {
    let constants = 0
    for (const { subject } of resolved.subjects) {
      for (const { endpoint, sd, value, censored } of subject.observations) {
        if (censored !== undefined) continue
        const jacobian = resolved.endpoints[endpoint]!.endpoint.scale === 'log' ? 2 * log(value) : 0
        constants += 1.8378770664093453 + 2 * log(sd ?? NaN) + jacobian
      }
    }
    deviance += constants
    if (scaleIsEstimated(resolved)) {
      deviance = count * log(objective / count) + count + constants
      k++
    }
  }
  return { aic: deviance + 2 * k, bic: deviance + k * log(count) }
}
