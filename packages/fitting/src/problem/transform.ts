import { exp, expit, log, logit, normalCdf, normalQuantile } from '@cartkin/numerics'
import type { EstimatedParameter } from './fit-problem.ts'

/**
 * A monotone map between a parameter's natural value and the coordinate in which it is estimated. Steps, intervals, priors
 * and covariances are formed in the coordinate.
 */
export interface Transform {
  toCoordinate(value: number): number
  toValue(coordinate: number): number
  /** d value / d coordinate at a natural value. */
  slope(value: number): number
  /** Most a coordinate should change at once; Infinity where the coordinate has the parameter's own unit. */
  readonly longestStep: number
  /** How far the search may go: the coordinates of the bounds, or next to them where a bound has none. */
  readonly lowest: number
  readonly highest: number
}

/** Log odds at which a share of the range counts as at its bound: 1e-10 of the range from it. */
const oddsAtBound = 23.025850929840455

/** The same for the normal quantile. */
const quantileAtBound = 6.361340902404056

const rootTwoPi = 2.5066282746310002

type Range = Pick<EstimatedParameter, 'scale' | 'lower' | 'upper'>

/**
 * The transform of a parameter between its bounds.
 *
 * `log`: a step changes a value at most e² = 7.4 fold. `logit` and `probit`: ln(p/(1−p)) and Φ⁻¹(p) of the share p of the
 * range that lies below the value; a step changes the odds at most e² fold, or the quantile by 1. Their bounds lie at
 * infinity, so the search ends 1e-10 of the range short of them.
 */
export function transformOf({ scale, lower, upper }: Range): Transform {
  switch (scale) {
    case 'log':
      return {
        toCoordinate: log,
        toValue: exp,
        slope: (value) => value,
        longestStep: 2,
        lowest: log(lower),
        highest: log(upper),
      }
    case 'linear':
      return {
        toCoordinate: (value) => value,
        toValue: (x) => x,
        slope: () => 1,
        longestStep: Infinity,
        lowest: lower,
        highest: upper,
      }
    case 'logit':
      return {
        ...between(lower, upper, logit, expit),
        slope: (value) => ((value - lower) * (upper - value)) / (upper - lower),
        longestStep: 2,
        lowest: -oddsAtBound,
        highest: oddsAtBound,
      }
    case 'probit':
      return {
        ...between(lower, upper, normalQuantile, normalCdf),
        slope: (value) => {
          const quantile = normalQuantile(Math.min(value - lower, upper - value) / (upper - lower))
          return ((upper - lower) * exp(-0.5 * quantile * quantile)) / rootTwoPi
        },
        longestStep: 1,
        lowest: -quantileAtBound,
        highest: quantileAtBound,
      }
  }
}

/** A map of shares p in (0, 1), and of 1 − p the other way round, carried to values between bounds. */
function between(
  lower: number,
  upper: number,
  toLine: (share: number) => number,
  toShare: (coordinate: number) => number,
): Pick<Transform, 'toCoordinate' | 'toValue'> {
  const width = upper - lower
  return {
    // from the nearer bound, where digits are
    toCoordinate: (value) =>
      value - lower <= upper - value ? toLine((value - lower) / width) : -toLine((upper - value) / width),
    toValue: (x) => (x <= 0 ? lower + width * toShare(x) : upper - width * toShare(-x)),
  }
}
