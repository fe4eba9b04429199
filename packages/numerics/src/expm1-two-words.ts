import { expTwoWords } from './exp-two-words.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'

/**
 * e^x − 1 as out[0] + out[1], out[0] the rounded value.
 *
 * @param x in [-708, 709]; NaN gives NaN words.
 */
export function expm1TwoWords(x: number, out: Float64Array): void {
  const n = expTwoWords(x, 0, out)
  const high = scaleByPowerOfTwo(out[0]!, n)
  const low = scaleByPowerOfTwo(out[1]!, n)
  const difference = high - 1
  const lost = high > 1 ? high - difference - 1 : high - (difference + 1)
  const value = difference + (lost + low)
  out[0] = value
  out[1] = difference - value + (lost + low)
}
