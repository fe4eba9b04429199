import { log, randomStream } from '@cartkin/numerics'
import type { EstimatedParameter } from '../problem/fit-problem.ts'
import { type Transform, transformOf } from '../problem/transform.ts'

/** Where a fit is started. */
export interface StartOptions {
  /** How many starts, the given one included. */
  readonly starts: number
  readonly seed: number
  /**
   * How far from the given start they lie (10): a factor either way, on the odds for logit and likewise for probit; on the
   * linear scale up to spread − 1 times the start's size. Never beyond the bounds. 'bounds': anywhere between the bounds,
   * which then must be finite, on the log scale evenly in the logarithm.
   */
  readonly spread?: number | 'bounds'
}

/** ln of the factor on odds that equals one unit of the normal quantile near 1/2: √(8/π). */
const logitPerProbit = 1.5957691216057308

/**
 * Values of the estimated parameters to start from, the given ones first. The others are a Latin hypercube on the estimation
 * scale (M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21:239, 1979): each parameter's range is cut into as many
 * parts as there are starts, and each part is used once.
 *
 * @throws RangeError for a number of starts below 1, a spread not above 1, or bounds that are not finite where they are used.
 */
export function startPoints(estimated: readonly EstimatedParameter[], options: StartOptions): readonly Float64Array[] {
  const { starts, seed, spread = 10 } = options
  if (!(Number.isInteger(starts) && starts >= 1 && starts <= 100_000))
    throw new RangeError(`the number of starts must be a whole number from 1 to 100000, got ${starts}`)
  if (spread !== 'bounds' && !(spread > 1 && spread < Infinity))
    throw new RangeError(`the spread of the starts must be a factor above 1, got ${spread}`)
  const points = Array.from({ length: starts }, () => Float64Array.from(estimated, ({ start }) => start))
  const drawn = starts - 1
  estimated.forEach((parameter, j) => {
    const valueAt = valuesOf(parameter, spread)
    const { uniform } = randomStream({ seed, study: 'multi-start', subject: j })
    const parts = Array.from({ length: drawn }, (_, k) => k)
    for (let k = drawn - 1; k > 0; k--) {
      const other = Math.floor(uniform(k) * (k + 1))
      const part = parts[k]!
      parts[k] = parts[other]!
      parts[other] = part
    }
    parts.forEach((part, k) => {
      points[k + 1]![j] = valueAt((part + uniform(drawn + k)) / drawn)
    })
  })
  return points
}

/** The value at each share of a parameter's range. */
function valuesOf(parameter: EstimatedParameter, spread: number | 'bounds'): (share: number) => number {
  const { name, scale, start, lower, upper } = parameter
  const transform = transformOf(parameter)
  const clipped = (value: number): number => Math.min(upper, Math.max(lower, value))
  if (spread === 'bounds') {
    const isOdds = scale === 'logit' || scale === 'probit'
    const [low, high] = isOdds ? [lower, upper] : [transform.lowest, transform.highest]
    if (!(Number.isFinite(low) && Number.isFinite(high)))
      throw new RangeError(
        `starts between bounds: those of ${name} are ${lower} to ${upper} on the ${scale} scale; give bounds that are finite there, or a spread about the start`,
      )
    return (share) => {
      const at = low + share * (high - low)
      return clipped(isOdds ? at : transform.toValue(at))
    }
  }
  const x = transform.toCoordinate(start)
  const reach = reachOf(parameter, transform, spread)
  const low = Math.max(transform.lowest, x - reach)
  const high = Math.min(transform.highest, x + reach)
  return (share) => clipped(transform.toValue(low + share * (high - low)))
}

function reachOf({ scale, start }: EstimatedParameter, { lowest, highest }: Transform, spread: number): number {
  switch (scale) {
    case 'log':
    case 'logit':
      return log(spread)
    case 'probit':
      return log(spread) / logitPerProbit
    case 'linear': {
      if (start !== 0) return (spread - 1) * Math.abs(start)
      const width = highest - lowest
      return Number.isFinite(width) ? width : spread - 1
    }
  }
}
