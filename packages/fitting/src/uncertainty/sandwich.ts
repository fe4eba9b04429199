import type { FitResult } from '../fit-result.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { evaluateAt, modelResiduals } from '../problem/model-residuals.ts'
import { resolveProblem } from '../problem/resolve-problem.ts'
import { correlation, covariance } from './covariance.ts'
import { information } from './information.ts'

/** Uncertainty that holds where the error model is wrong or a subject's residuals are correlated. */
export interface Sandwich {
  /** What counts as one independent piece of data: a subject, or an observation where there is only one subject. */
  readonly by: 'subject' | 'observation'
  readonly clusters: number
  /** On the estimation scale, row-major, in the order of the estimates; NaN where the fit's own covariance is. */
  readonly covariance: Float64Array
  readonly correlation: Float64Array
  /** On the natural scale, in the order of the estimates. */
  readonly standardErrors: Float64Array
  /** What weakens it, in words; empty where nothing does. */
  readonly warning: string
}

/**
 * The sandwich covariance H⁻¹ (Σ sᵢ sᵢᵀ) H⁻¹ at the estimates of a fit (P. J. Huber, Proc. 5th Berkeley Symp. 1:221, 1967; for
 * clusters K.-Y. Liang, S. L. Zeger, Biometrika 73:13, 1986): H = WᵀW is the Fisher information, priors included, and sᵢ
 * the score of cluster i. It needs no residual variance. No correction for small numbers is made, so it is too small for few
 * clusters. Null where the objective cannot be evaluated at the estimates.
 */
export function sandwich(
  problem: FitProblem,
  fit: Pick<FitResult, 'estimates' | 'covariance' | 'collinear'>,
): Sandwich | null {
  const resolved = resolveProblem(problem)
  const n = problem.estimated.length
  const values = Float64Array.from(fit.estimates, ({ estimate }) => estimate)
  const slopes = values.map((value, j) => resolved.transforms[j]!.slope(value))
  const coordinates = values.map((value, j) => resolved.transforms[j]!.toCoordinate(value))
  const whole = modelResiduals(resolved).evaluate(coordinates)
  if (whole.status !== 'evaluated') return null
  const by = resolved.subjects.length > 1 ? 'subject' : 'observation'
  const meat = new Float64Array(n * n)
  let clusters = 0
  for (const own of resolved.subjects) {
    const counts: number[] = []
    const part = evaluateAt({ ...resolved, subjects: [own], priors: [] }, values, {
      derivatives: true,
      onTerm: (_subject, _observation, _prediction, term) => {
        counts.push(term.ok ? term.rows.length : 0)
      },
    })
    if (part.status !== 'evaluated') return null
    let row = 0
    for (const count of by === 'subject' ? [part.rows] : counts) {
      const score = new Float64Array(n)
      for (const end = row + count; row < end; row++)
        for (let j = 0; j < n; j++)
          score[j] = score[j]! + part.jacobian[row * n + j]! * slopes[j]! * part.residuals[row]!
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) meat[i * n + j] = meat[i * n + j]! + score[i]! * score[j]!
      clusters++
    }
  }
  const estimable = (j: number) => Number.isFinite(fit.covariance[j * n + j]!)
  const free = problem.estimated.map((_, j) => j).filter((j) => fit.estimates[j]!.atBound === null)
  const unidentified = new Set(free.filter((j) => !estimable(j)))
  const bread = covariance(information(whole, n, free), n, 1, unidentified)
  const robust = new Float64Array(n * n).fill(NaN)
  const used = free.filter(estimable)
  for (const i of used)
    for (const j of used) {
      let sum = 0
      for (const k of used) for (const l of used) sum += bread[i * n + k]! * meat[k * n + l]! * bread[l * n + j]!
      robust[i * n + j] = sum
    }
  const what = by === 'subject' ? 'subjects' : 'observations'
  return {
    by,
    clusters,
    covariance: robust,
    correlation: correlation(robust, n),
    standardErrors: slopes.map((slope, j) => Math.abs(slope) * Math.sqrt(robust[j * n + j]!)),
    warning:
      clusters > used.length
        ? ''
        : `${clusters} ${what} are too few for ${used.length} parameters: the sandwich is singular and its standard errors are too small`,
  }
}
