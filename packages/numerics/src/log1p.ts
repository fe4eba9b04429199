import { logTwoWords } from './log-two-words.ts'

const words = new Float64Array(2)

/**
 * ln(1 + x), accurate also for small x, with the same bits in every engine; error below 1 unit in the last place.
 *
 * log1p(±0) = ±0, log1p(-1) = -Infinity, NaN for x < -1.
 */
export function log1p(x: number): number {
  if (!(x > -1 && x < Infinity)) return x === -1 ? -Infinity : x > 0 ? x : NaN
  if (Math.abs(x) < 1.1102230246251565e-16) return x
  const sum = 1 + x
  // what the sum lost, from the larger term
  const lost = x < 1 ? 1 - sum + x : x - sum + 1
  logTwoWords(sum, words)
  return words[0]! + (words[1]! + lost / sum)
}
