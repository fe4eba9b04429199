import { exp } from './exp.ts'
import { lbeta } from './lbeta.ts'
import { log1p } from './log1p.ts'

/** Factors that are multiplied out at most. */
const mostFactors = 10_000

/**
 * Binomial coefficient n(n − 1)…(n − k + 1)/k! for any n and k rounded to a whole number, as in R; 0 for k < 0. A whole
 * number for a whole n, exact while it is below 2^53; relative error below 1e-13 up to k = 1000.
 */
export function choose(n: number, k: number): number {
  const count = Math.floor(k + 0.5)
  if (!(count >= 0) || Number.isNaN(n)) return count < 0 ? 0 : NaN
  const isWhole = Number.isInteger(n)
  if (isWhole && n >= 0 && count > n) return 0
  const fewer = isWhole && n >= 0 && n - count < count ? n - count : count
  if (fewer > mostFactors) return n > fewer ? exp(-log1p(n) - lbeta(n - fewer + 1, fewer + 1)) : NaN
  let value = 1
  // upwards, so that each product is a binomial coefficient itself
  for (let j = 1; j <= fewer; j++) value = (value * (n - fewer + j)) / j
  return isWhole ? Math.round(value) : value
}
