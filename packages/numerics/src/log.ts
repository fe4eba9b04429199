import { logTwoWords } from './log-two-words.ts'

const words = new Float64Array(2)

/**
 * Natural logarithm with the same bits in every engine; error below 0.53 units in the last place.
 *
 * log(±0) = -Infinity, log(x) = NaN for x < 0.
 */
export function log(x: number): number {
  if (x > 0 && x < Infinity) {
    logTwoWords(x, words)
    return words[0]!
  }
  if (x === 0) return -Infinity
  return x > 0 ? x : NaN
}
