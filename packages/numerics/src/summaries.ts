/** Sum in index order. @throws RangeError for an empty list or NaN. */
export function sum(values: ArrayLike<number>): number {
  check('sum', values, 1)
  return total(values)
}

/** Arithmetic mean. @throws RangeError for an empty list or NaN. */
export function mean(values: ArrayLike<number>): number {
  check('mean', values, 1)
  return total(values) / values.length
}

/** Standard deviation of a sample, with n − 1, from the squared deviations from the mean. @throws RangeError for fewer than two values or NaN. */
export function standardDeviation(values: ArrayLike<number>): number {
  check('standard deviation', values, 2)
  const centre = total(values) / values.length
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre
    squares += deviation * deviation
  }
  return Math.sqrt(squares / (values.length - 1))
}

/**
 * Quantile by linear interpolation between order statistics: type 7 of R. J. Hyndman, Y. Fan, "Sample quantiles in statistical packages",
 * Am. Stat. 50, 361–365, 1996, the default of R and NumPy. The values need no order and are not changed.
 *
 * @throws RangeError for an empty list, NaN, or a probability outside [0, 1].
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  check('quantile', values, 1)
  return quantileOfSorted(Float64Array.from(values).sort(), probability)
}

/** {@link quantile} of values in ascending order, for several probabilities of one list. */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  check('quantile', sorted, 1)
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`quantile: the probability must be in [0, 1], got ${probability}`)
  }
  const place = probability * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.ceil(place)]!
  return low === high ? low : low + (place - below) * (high - low)
}

function total(values: ArrayLike<number>): number {
  let result = 0
  for (let i = 0; i < values.length; i++) result += values[i]!
  return result
}

function check(name: string, values: ArrayLike<number>, least: number): void {
  if (!(values.length >= least)) {
    throw new RangeError(`${name}: needs at least ${least} ${least === 1 ? 'value' : 'values'}, got ${values.length}`)
  }
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!))
      throw new RangeError(`${name}: value ${i} of ${values.length} is NaN; leave missing values out first`)
  }
}
