import { scaledErfc } from './erfc-tail.ts'
import { expTwoWords } from './exp-two-words.ts'
import { normalDistributionCoefficients } from './normal-distribution-coefficients.ts'
import { polynomial } from './polynomial.ts'
import { productError } from './two-words.ts'

const { density, densityLow, rootHalf, rootHalfLow, twoOverRootPi, centre } = normalDistributionCoefficients

/** P(0 < X < x) for a standard normal X and |x| <= 0.714, as out[0] + out[1]. */
export function normalCentre(x: number, out: Float64Array): void {
  const z = x * x
  const product = x * density
  out[0] = product
  out[1] = productError(x, density, product) + x * densityLow + x * z * polynomial(centre, z)
}

/**
 * P(X > x) = 2^n (out[0] + out[1]) for a standard normal X and x in [0.7, 38.6]; returns n. Also out[2] = erfcx(x/√2).
 */
export function normalTail(x: number, out: Float64Array): number {
  const y = x * rootHalf
  const yLow = productError(x, rootHalf, y) + x * rootHalfLow
  scaledErfc(y, out)
  const quotient = out[0]!
  // what the rounding of x/√2 changes, by the derivative of erfcx
  const quotientLow = out[1]! + (2 * y * quotient - twoOverRootPi) * yLow
  const square = x * x
  const n = expTwoWords(-0.5 * square, -0.5 * productError(x, x, square), out)
  const product = quotient * out[0]!
  out[1] = productError(quotient, out[0]!, product) + (quotientLow * out[0]! + quotient * out[1]!)
  out[0] = product
  out[2] = quotient
  return n - 1
}
