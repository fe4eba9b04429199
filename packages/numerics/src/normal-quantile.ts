import { log } from './log.ts'
import { normalDistributionCoefficients } from './normal-distribution-coefficients.ts'
import { normalCentre, normalTail } from './normal-probability.ts'
import { normalQuantileCoefficients } from './normal-quantile-coefficients.ts'
import { polynomial } from './polynomial.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'

const { centre, middle, tail } = normalQuantileCoefficients
const { rootHalfPi, rootTwoPi } = normalDistributionCoefficients
const words = new Float64Array(3)

/**
 * The x with normalCdf(x) = p, the inverse of the standard normal distribution function, with the same bits in every engine;
 * error below 1.3 units in the last place. normalQuantile(0) = -Infinity, normalQuantile(1) = Infinity, NaN outside [0, 1].
 *
 * M. J. Wichura, Algorithm AS 241 (PPND16), Appl. Statist. 37, 477–484, 1988, then one step of Newton's method on the residual in two words.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  const q = p - 0.5
  const size = Math.abs(q)
  if (size <= 0.2603) {
    const x = centralEstimate(q)
    normalCentre(x, words)
    const h = 0.5 * x * x
    // 1/√(2π) over the density at x
    const growth = 1 + h * (1 + h * (0.5 + h * 0.16666666666666666))
    return x + (q - words[0]! - words[1]!) * rootTwoPi * growth
  }
  const outside = q < 0 ? p : 1 - p
  if (outside === 0) return q < 0 ? -Infinity : Infinity
  const x = size <= 0.425 ? centralEstimate(size) : tailEstimate(outside)
  const n = normalTail(x, words)
  const excess = words[0]! - scaleByPowerOfTwo(outside, -n) + words[1]!
  const value = x + (excess / words[0]!) * (words[2]! * rootHalfPi)
  return q < 0 ? -value : value
}

function centralEstimate(q: number): number {
  const z = 0.180625 - q * q
  return (q * polynomial(centre.numerator, z)) / polynomial(centre.denominator, z)
}

function tailEstimate(outside: number): number {
  const root = Math.sqrt(-log(outside))
  const { numerator, denominator } = root <= 5 ? middle : tail
  const z = root <= 5 ? root - 1.6 : root - 5
  return polynomial(numerator, z) / polynomial(denominator, z)
}
