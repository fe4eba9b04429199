import { spreadOf } from '../likelihood/error-law.ts'
import { scaleFunctions } from '../likelihood/residual-scale.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { errorDistribution, errorLaw } from '../problem/residual-error.ts'
import { resolveProblem } from '../problem/resolve-problem.ts'
import { valueVector } from '../problem/value-vector.ts'
import type { BootstrappedFit } from './resampler.ts'

/** Where an observation is centred on its residual scale, and how it spreads there at the estimates of a fit. */
export interface ResidualLaw {
  readonly centre: number
  /** Standard deviation as the error model has it; `deviation` with the common factor of given errors. */
  readonly own: number
  readonly deviation: number
  /** Degrees of freedom; Infinity where errors are normal. */
  readonly freedom: number
  /** The value at a place on the scale. */
  readonly value: (place: number) => number
}

/** The laws of all observations, in problem order. Throws a RangeError where nothing can be drawn around a prediction. */
export function residualLaws(problem: FitProblem, fit: BootstrappedFit): readonly ResidualLaw[] {
  const { endpoints } = resolveProblem(problem)
  const values = valueVector(problem, Object.fromEntries(fit.estimates.map(({ name, estimate }) => [name, estimate])))
  const factor = Math.sqrt(fit.residualVariance)
  const observations = problem.subjects.flatMap((subject) => subject.observations)
  return observations.map((observation, place): ResidualLaw => {
    const { subject, quantity, time, predicted } = fit.predictions[place]!
    const resolved = endpoints[observation.endpoint]!
    const { scale, error } = resolved.endpoint
    const { place: placeOf, value, low, high } = scaleFunctions(scale)
    const { sigma: own } = spreadOf(errorLaw(resolved, values, observation.sd), predicted)
    const distribution = errorDistribution(resolved, values)
    if (!(predicted > low && predicted < high && own >= 0 && own < Infinity))
      throw new RangeError(
        `subject ${subject}, ${quantity} at time ${time}: the fit predicts ${predicted} with a standard deviation of ${own}, around which nothing can be drawn; take the case bootstrap`,
      )
    return {
      centre: placeOf(predicted),
      own,
      deviation: error.kind === 'given' && Number.isFinite(factor) ? own * factor : own,
      freedom: distribution.kind === 't' ? distribution.df : Infinity,
      value,
    }
  })
}
