import { expTwoWords } from './exp-two-words.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'

const words = new Float64Array(2)

/**
 * e^x with the same bits in every engine; error below 0.8 units in the last place.
 *
 * Overflows to Infinity above 709.782712893384, is subnormal below -708.396 and 0 below -745.13.
 */
export function exp(x: number): number {
  const n = expTwoWords(Math.min(710, Math.max(-746, x)), 0, words)
  return scaleByPowerOfTwo(words[0]! + words[1]!, n)
}
