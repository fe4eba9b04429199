import type { FitResult } from '../fit-result.ts'
import type { EstimatedParameter } from '../problem/fit-problem.ts'
import { transformOf } from '../problem/transform.ts'
import type { ParameterProfile, ProfilePoint } from './parameter-profile.ts'

/** Highest share of the limit that it is drawn to, and half the number of its points. */
const highest = 2.25
const half = 24

/**
 * What the covariance of a fit promises for a profile: the parabola in the coordinate of estimation, ((x − x̂)/sd)² as a share of
 * the profile's limit, up to 2.25 of it, within the parameter's bounds. By value; empty where the parameter has no standard error
 * (at a bound, or not identified).
 */
export function waldCurve(
  { name, estimate, limit }: Pick<ParameterProfile, 'name' | 'estimate' | 'limit'>,
  { estimates, covariance, residualVariance }: Pick<FitResult, 'estimates' | 'covariance' | 'residualVariance'>,
  parameter: Pick<EstimatedParameter, 'scale' | 'lower' | 'upper'>,
): readonly Pick<ProfilePoint, 'value' | 'increase'>[] {
  const place = estimates.findIndex((entry) => entry.name === name)
  const variance = covariance[place * estimates.length + place] ?? Number.NaN
  const reach = Math.sqrt((variance / residualVariance) * limit)
  if (!(reach > 0 && reach < Infinity)) return []
  const { toCoordinate, toValue, lowest, highest: top } = transformOf(parameter)
  const centre = toCoordinate(estimate)
  return Array.from({ length: 2 * half + 1 }, (_, k) => ((k - half) / half) * Math.sqrt(highest)).flatMap(
    (distance) => {
      const x = centre + distance * reach
      return x >= lowest && x <= top ? [{ value: toValue(x), increase: distance * distance }] : []
    },
  )
}
