import type { Model } from '@cartkin/model'
import type { CovariateInTime } from './covariate-in-time.ts'
import { covariatePieces, type Piece } from './covariate-pieces.ts'

/** The parameters at t: those given, but for covariates that change. */
export function parametersAt(
  model: Model,
  parameters: Float64Array,
  covariates: readonly CovariateInTime[],
  t: number,
): Float64Array {
  const values = parameters.slice()
  for (const covariate of covariates) {
    const index = model.parameters.findIndex(({ name }) => name === covariate.name)
    if (index >= 0) values[index] = valueAt(pieceAt(covariate, model.parameters[index]?.interpolation, t), t)
  }
  return values
}

function pieceAt(covariate: CovariateInTime, declared: CovariateInTime['interpolation'] | undefined, t: number): Piece {
  const { breaks, between, at } = covariatePieces(covariate, declared ?? covariate.interpolation)
  const next = breaks.findIndex((time) => time >= t)
  if (next < 0) return between.at(-1)!
  return breaks[next] === t ? at[next]! : between[next]!
}

function valueAt({ value, slope, since }: Piece, t: number): number {
  return slope === 0 ? value : value + slope * (t - since)
}
