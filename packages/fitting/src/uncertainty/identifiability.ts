import type { CollinearSet, ParameterEstimate } from '../fit-result.ts'
import { type Identification, identifications } from '../individuals/identifications.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { modelResiduals, naturalValues } from '../problem/model-residuals.ts'
import { resolveProblem } from '../problem/resolve-problem.ts'
import { collinearSets } from './collinear-sets.ts'
import { covariance } from './covariance.ts'
import { conditionNumber, information } from './information.ts'

/** What data of this kind could tell of the parameters, before anything is fitted. */
export type Identifiability =
  | {
      readonly status: 'evaluated'
      readonly observations: number
      readonly censored: number
      /** Combinations of the parameters that the predictions depend on; all are determined where it is their number. */
      readonly rank: number
      /** Largest over smallest singular value of the sensitivity matrix with columns scaled to length 1. */
      readonly conditionNumber: number
      readonly parameters: readonly ExpectedEstimate[]
      readonly collinear: readonly CollinearSet[]
    }
  /** The model cannot be evaluated at the start values. */
  | { readonly status: 'failed'; readonly reason: string }

export interface ExpectedEstimate extends Identification {
  readonly start: number
  /** Expected relative standard error (fraction) if the start were the truth; NaN where not identified. */
  readonly relativeStandardError: number
}

/**
 * Local identifiability at the start values: the rank of the sensitivity matrix, the sets of parameters that it cannot tell
 * apart, and the standard errors to be expected from the Fisher information (given errors as they stand). It looks at what
 * was measured, when and with which error; of the values themselves only whether they are censored. Nothing is fitted. Priors
 * count as data.
 *
 * Throws a RangeError for a problem that is wrong, as `fit` does.
 */
export function identifiability(problem: FitProblem): Identifiability {
  const resolved = resolveProblem(problem)
  const { estimated } = problem
  const n = estimated.length
  const x = Float64Array.from(estimated, ({ start }, j) => {
    const { lowest, highest, toCoordinate } = resolved.transforms[j]!
    return Math.min(highest, Math.max(lowest, toCoordinate(start)))
  })
  const evaluation = modelResiduals(resolved).evaluate(x)
  if (evaluation.status !== 'evaluated')
    return { status: 'failed', reason: evaluation.status === 'failed' ? evaluation.reason : evaluation.status }
  const strange = evaluation.jacobian.findIndex((entry) => !Number.isFinite(entry))
  if (strange >= 0)
    return {
      status: 'failed',
      reason: `a derivative with respect to ${estimated[strange % n]?.name} is ${evaluation.jacobian[strange]} at the start values`,
    }
  const values = naturalValues(resolved, x)
  const info = information(
    evaluation,
    n,
    estimated.map((_, j) => j),
  )
  const collinear = collinearSets(estimated, values, info, 1)
  const unidentified = new Set(
    collinear
      .filter(({ kind }) => kind === 'undetermined')
      .flatMap(({ names }) => names.map((name) => estimated.findIndex((parameter) => parameter.name === name))),
  )
  const covariances = covariance(info, n, 1, unidentified)
  const estimates = estimated.map(({ name, start }, j): ParameterEstimate => {
    const { slope, toValue } = resolved.transforms[j]!
    const deviation = Math.sqrt(covariances[j * n + j]!)
    const standardError = Math.abs(slope(values[j]!)) * deviation
    return {
      name,
      estimate: start,
      start,
      standardError,
      relativeStandardError: standardError / Math.abs(start),
      lower95: toValue(x[j]! - normal95 * deviation),
      upper95: toValue(x[j]! + normal95 * deviation),
      atBound: null,
    }
  })
  return {
    status: 'evaluated',
    observations: resolved.observationCount,
    censored: resolved.censoredCount,
    rank: info.rank,
    conditionNumber: conditionNumber(info),
    parameters: identifications({ estimates, collinear }, estimated).map((own, j) => ({
      ...own,
      start: estimates[j]!.start,
      relativeStandardError: estimates[j]!.relativeStandardError,
    })),
    collinear,
  }
}

/** Half-width of a 95 % interval in standard errors (normal). */
const normal95 = 1.959963984540054
