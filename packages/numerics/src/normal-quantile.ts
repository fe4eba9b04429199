import { log } from './log.ts'
import { normalQuantileCoefficients } from './normal-quantile-coefficients.ts'
import { polynomial } from './polynomial.ts'

const { centre, middle, tail } = normalQuantileCoefficients

/**
 * The x with normalCdf(x) = p, the inverse of the standard normal distribution function, with the same bits in every engine;
 * error below 6 units in the last place. normalQuantile(0) = -Infinity, normalQuantile(1) = Infinity, NaN outside [0, 1].
 *
 * M. J. Wichura, Algorithm AS 241 (PPND16), Appl. Statist. 37, 477–484, 1988.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const z = 0.180625 - q * q
    return (q * polynomial(centre.numerator, z)) / polynomial(centre.denominator, z)
  }
  const sign = q < 0 ? -1 : 1
  const outside = q < 0 ? p : 1 - p
  if (outside === 0) return sign * Infinity
  const root = Math.sqrt(-log(outside))
  const { numerator, denominator } = root <= 5 ? middle : tail
  const z = root <= 5 ? root - 1.6 : root - 5
  return (sign * polynomial(numerator, z)) / polynomial(denominator, z)
}
