import type { Axis } from '@cartkin/charts'

/** Ratio of values from which on a logarithmic axis is chosen. */
const wideSpan = 50

/**
 * The axis of observations where the modeller does not choose it: logarithmic where all quantified ones are positive and they
 * span orders of magnitude, or their error is on the log scale.
 */
export function automaticScale(
  rows: readonly { readonly value: number; readonly below: boolean }[],
  isLogarithmic = false,
): Axis['scale'] {
  const values = rows.flatMap(({ value, below }) => (below ? [] : [value]))
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY)
  const most = values.reduce((high, value) => Math.max(high, value), 0)
  return least > 0 && (isLogarithmic || most / least > wideSpan) ? 'log' : 'linear'
}
