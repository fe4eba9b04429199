import { normalQuantile } from '@cartkin/numerics'

/** A residual with the quantile that its rank has under the standard normal distribution. */
export interface NormalQuantile {
  /** Place among the residuals given. */
  readonly index: number
  readonly residual: number
  readonly expected: number
}

/**
 * Residuals in ascending order with normal quantiles at (i − a)/(n + 1 − 2a), a = 3/8 for up to ten residuals and 1/2 above
 * (the plotting positions of R's `qqnorm`; G. Blom, Statistical Estimates and Transformed Beta-Variables, 1958). Residuals that
 * are no number (of censored observations) are left out; equal ones keep their order.
 */
export function normalQuantiles(residuals: ArrayLike<number>): readonly NormalQuantile[] {
  const kept = Array.from(residuals, (residual, index) => ({ index, residual })).filter(({ residual }) =>
    Number.isFinite(residual),
  )
  const n = kept.length
  const a = n <= 10 ? 3 / 8 : 1 / 2
  return kept
    .toSorted((p, q) => p.residual - q.residual || p.index - q.index)
    .map((row, k) => ({ ...row, expected: normalQuantile((k + 1 - a) / (n + 1 - 2 * a)) }))
}
