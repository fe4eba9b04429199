import { exp } from './exp.ts'
import { expm1TwoWords } from './expm1-two-words.ts'

const words = new Float64Array(2)

/**
 * e^x − 1, accurate also for small x, with the same bits in every engine; error below 1.3 units in the last place.
 *
 * expm1(±0) = ±0, expm1(-Infinity) = -1.
 */
export function expm1(x: number): number {
  if (x > 700) return exp(x)
  if (x < -40) return -1
  if (Math.abs(x) < 1.1102230246251565e-16) return x
  expm1TwoWords(x, words)
  return words[0]!
}
