import { errorFunctionCoefficients } from './error-function-coefficients.ts'
import { expTwoWords } from './exp-two-words.ts'
import { polynomial } from './polynomial.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'
import { productError } from './two-words.ts'

const words = new Float64Array(2)

/** e^(x²) erfc x for x >= 1/2 as out[0] + out[1]. */
export function scaledErfc(x: number, out: Float64Array): void {
  const series = polynomial(errorFunctionCoefficients.erfcx, (x - 2) / (x + 2))
  const numerator = 1.25 + series
  const numeratorLow = 1.25 - numerator + series
  const denominator = 1 + 2 * x
  const denominatorLow = 2 * x - denominator + 1
  const quotient = numerator / denominator
  const product = quotient * denominator
  const remainder = numerator - product - productError(quotient, denominator, product)
  out[0] = quotient
  out[1] = (remainder + (numeratorLow - quotient * denominatorLow)) / denominator
}

/** erfc x for x in [1/2, 27.3]. */
export function erfcTail(x: number): number {
  scaledErfc(x, words)
  const quotient = words[0]!
  const quotientLow = words[1]!
  const square = x * x
  // the exponential would magnify the rounding error of x²
  const n = expTwoWords(-square, -productError(x, x, square), words)
  return scaleByPowerOfTwo(quotient * words[0]! + (quotientLow * words[0]! + quotient * words[1]!), n)
}
