import { logTwoWords } from './log-two-words.ts'
import { productError } from './two-words.ts'

/** 1 / ln 10 in two words. */
const [inverse, inverseLow] = [Math.LOG10E, 1.098319650216765e-17] as const

const words = new Float64Array(2)

/**
 * Logarithm to base 10 with the same bits in every engine; error below 0.51 units in the last place, exact for powers of 10.
 *
 * log10(±0) = -Infinity, log10(x) = NaN for x < 0.
 */
export function log10(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  logTwoWords(x, words)
  const log = words[0]!
  const product = log * inverse
  return product + (productError(log, inverse, product) + (log * inverseLow + words[1]! * inverse))
}
