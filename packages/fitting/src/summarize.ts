import { log } from '@cartkin/numerics'
import type { RunMemory } from '@cartkin/simulation'
import type { FitPrediction, FitResult, KinkedEstimate, ParameterEstimate, TiedEstimate } from './fit-result.ts'
import { observationTerm } from './likelihood/observation-term.ts'
import { measurementOf, naturalValues } from './problem/model-residuals.ts'
import { predictionsAt } from './problem/predictions.ts'
import { priorObjective } from './problem/prior-term.ts'
import type { ResolvedProblem } from './problem/resolve-problem.ts'
import type { Evaluated } from './search/residual-problem.ts'
import type { TrustRegionResult } from './search/trust-region.ts'
import { collinearSets } from './uncertainty/collinear-sets.ts'
import { correlation, covariance } from './uncertainty/covariance.ts'
import { conditionNumber, information } from './uncertainty/information.ts'

/** Half-width of a 95 % interval in standard errors (normal). */
const normal95 = 1.959963984540054

/** What a finished search means: estimates, their uncertainty, predictions (with runs in `memory`) and information criteria. */
export function summarize(resolved: ResolvedProblem, result: TrustRegionResult, memory?: RunMemory): FitResult {
  const { estimated } = resolved.problem
  const n = estimated.length
  const values = naturalValues(resolved, result.x)
  const atBound = resolved.transforms.map(({ lowest, highest }, j) =>
    result.x[j] === lowest ? ('lower' as const) : result.x[j] === highest ? ('upper' as const) : null,
  )
  const evaluation: Evaluated = result.evaluation ?? {
    status: 'evaluated',
    objective: NaN,
    scale: NaN,
    rows: 0,
    residuals: new Float64Array(0),
    jacobian: new Float64Array(0),
  }
  const rows = predictionsAt(resolved, values, memory)
  const priors = priorObjective(resolved, values)
  const residualVariance = scaleOf(resolved, rows)
  const info = information(
    evaluation,
    n,
    evaluation.jacobian.length === 0
      ? []
      : estimated.map((_, j) => j).filter((j) => atBound[j] === null && result.kinks?.includes(j) !== true),
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
    priorObjective: priors,
    iterations: result.iterations,
    evaluations: result.evaluations,
    estimates,
    tied: tiedEstimates(resolved, estimates),
    covariance: covariances,
    correlation: correlation(covariances, n),
    residualVariance,
    conditionNumber: conditionNumber(info),
    collinear,
    kinks: (result.kinks ?? []).map((j) => kinkedEstimate(resolved, estimated[j]!.name, values[j]!)),
    predictions: rows,
    ...criteria(resolved, evaluation.objective, priors, rows),
  }
}

/** Share of a value by which the place of a kink may miss a time of the data. */
const sameTime = 1e-9

function kinkedEstimate({ problem }: ResolvedProblem, name: string, value: number): KinkedEstimate {
  const isTime = problem.subjects.some(({ observations }) =>
    observations.some(({ time }) => Math.abs(time - value) <= sameTime * Math.abs(time)),
  )
  const where = `${name} ${Number(value.toPrecision(6))} is ${isTime ? 'a time of observation' : 'where the course changes its kind'}`
  const message = `${where}: the optimum is at a corner of the objective, which has no standard error; its interval comes from the profile`
  return { name, value, message }
}

function tiedEstimates({ ties }: ResolvedProblem, estimates: readonly ParameterEstimate[]): readonly TiedEstimate[] {
  return ties.map(({ name, parameter, factor, place }) => {
    const { estimate, start, standardError, relativeStandardError, lower95, upper95, atBound } = estimates[place]!
    const [lower, upper] = factor > 0 ? [lower95, upper95] : [upper95, lower95]
    return {
      name,
      parameter,
      factor,
      estimate: factor * estimate,
      start: factor * start,
      standardError: Math.abs(factor) * standardError,
      relativeStandardError,
      lower95: factor * lower,
      upper95: factor * upper,
      atBound: atBound === null || factor > 0 ? atBound : atBound === 'lower' ? 'upper' : 'lower',
    }
  })
}

/**
 * s² = weighted sum of squares of the quantified observations / (their number − estimated parameters): the factor by
 * which the given variances were too small. Given standard deviations are so taken as known up to one common factor, but
 * beside priors as known.
 */
function scaleOf({ leastSquares, problem, priors }: ResolvedProblem, rows: readonly FitPrediction[]): number {
  if (!leastSquares || priors.length > 0) return 1
  const { squares, count } = sumOfSquares(rows)
  const freedom = count - problem.estimated.length
  return freedom > 0 ? squares / freedom : NaN
}

function sumOfSquares(rows: readonly FitPrediction[]): { readonly squares: number; readonly count: number } {
  let squares = 0
  let count = 0
  for (const { censored, weightedResidual } of rows) {
    if (censored !== null) continue
    squares += weightedResidual * weightedResidual
    count++
  }
  return { squares, count }
}

/**
 * AIC = −2 log L + 2k and BIC = −2 log L + k log N at the estimates, always from the full likelihood of the observations
 * on their own scale, so that fits of one data set can be compared whatever their kind. Where the errors are given, their
 * common factor is at its maximum likelihood value (squares / count) and counts as a parameter; beside priors it is 1. The
 * priors themselves are left out.
 */
function criteria(
  resolved: ResolvedProblem,
  objective: number,
  priors: number,
  rows: readonly FitPrediction[],
): { readonly aic: number; readonly bic: number } {
  const hasOwnScale = resolved.leastSquares && resolved.priors.length === 0
  const k = resolved.problem.estimated.length + (hasOwnScale ? 1 : 0)
  const deviance = resolved.leastSquares ? scaledDeviance(resolved, rows) : objective - priors
  return { aic: deviance + 2 * k, bic: deviance + k * log(resolved.observationCount) }
}

function scaledDeviance(resolved: ResolvedProblem, rows: readonly FitPrediction[]): number {
  const { squares, count } = sumOfSquares(rows)
  const factor = resolved.priors.length > 0 ? 1 : Math.sqrt(squares / count)
  const observations = resolved.subjects.flatMap(({ subject }) => subject.observations)
  let deviance = 0
  observations.forEach((observation, k) => {
    const law = { kind: 'given', sd: factor * (observation.sd ?? NaN) } as const
    const measurement = measurementOf(resolved.endpoints[observation.endpoint]!, observation)
    const term = observationTerm(measurement, rows[k]!.predicted, law)
    deviance += term.ok ? term.objective + term.constant : NaN
  })
  return deviance
}
