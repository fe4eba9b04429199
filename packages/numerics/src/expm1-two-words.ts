import { expTwoWords } from './exp-two-words.ts'
import { powerOfTwo } from './scale-by-power-of-two.ts'

/**
 * e^x − 1 as out[0] + out[1], out[0] the rounded value.
 *
 * @param x in [-708, 709]; NaN gives NaN words.
 */
export function expm1TwoWords(x: number, out: Float64Array): void {
  const n = expTwoWords(x, 0, out)
  const scale = Number.isNaN(n) ? n : powerOfTwo(n)
  const high = out[0]! * scale
  const low = out[1]! * scale
  const difference = high - 1
  const lost = high > 1 ? high - difference - 1 : high - (difference + 1)
  const value = difference + (lost + low)
  out[0] = value
  out[1] = difference - value + (lost + low)
}
