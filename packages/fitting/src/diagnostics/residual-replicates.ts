import { randomStream } from '@cartkin/numerics'
import type { FitResult } from '../fit-result.ts'
import { scaleFunctions } from '../likelihood/residual-scale.ts'
import type { FitProblem } from '../problem/fit-problem.ts'
import { drawObservation } from '../uncertainty/draw-observation.ts'

/** A fit whose observations are to be drawn anew. */
export interface ReplicatedFit {
  readonly problem: Pick<FitProblem, 'endpoints' | 'errorParameters'> & {
    readonly subjects: readonly Pick<FitProblem['subjects'][number], 'id' | 'observations'>[]
    /** Of the model, by name, where errors are made of them. */
    readonly parameters?: Readonly<Record<string, number>>
  }
  readonly result: Pick<FitResult, 'estimates' | 'tied' | 'predictions' | 'residualVariance'>
}

/**
 * Replicates of the observations of a fit around its predictions, residual errors alone drawn: replicates × observations,
 * replicate-major, in the order of the predictions; NaN where there is no prediction. Errors that are given observation by
 * observation have the common factor of the residual variance. A value depends on seed, replicate, subject, and place in the subject alone.
 *
 * @param from first replicate, so that many can be made in parts.
 * @throws RangeError where the predictions are not those of the problem's observations.
 */
export function residualReplicates(
  { problem, result }: ReplicatedFit,
  { seed, from = 0, count }: { readonly seed: number; readonly from?: number; readonly count: number },
): Float64Array {
  const { endpoints, errorParameters, subjects, parameters = {} } = problem
  const { predictions } = result
  const rows = subjects.flatMap(({ observations }, subject) =>
    observations.map((observation, place) => ({ subject, place, observation })),
  )
  if (rows.length !== predictions.length)
    throw new RangeError(
      `replicates are of the observations of a fit: there are ${rows.length} observations and ${predictions.length} predictions`,
    )
  const values = new Map([
    ...Object.entries(parameters),
    ...Object.entries(errorParameters),
    ...[...result.estimates, ...result.tied].map(({ name, estimate }) => [name, estimate] as const),
  ])
  const numberOf = (name: string): number => values.get(name) ?? Number.NaN
  const spread = Math.sqrt(result.residualVariance)
  const drawn = new Float64Array(rows.length * count).fill(Number.NaN)
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < rows.length; k++) {
      const { subject, place, observation } = rows[k]!
      const { predicted } = predictions[k]!
      const endpoint = endpoints[observation.endpoint]!
      const stream = randomStream({ seed, study: 'replicates', subject, occasion: from + r })
      if (endpoint.error.kind !== 'given') {
        drawn[r * rows.length + k] = drawObservation(endpoint, numberOf, predicted, stream, place)
        continue
      }
      const { place: at, value, low, high } = scaleFunctions(endpoint.scale)
      if (!(predicted > low && predicted < high)) continue
      const shift = spread * (observation.sd ?? Number.NaN) * stream.normal(2 * place)
      drawn[r * rows.length + k] = value(at(predicted) + shift)
    }
  }
  return drawn
}
