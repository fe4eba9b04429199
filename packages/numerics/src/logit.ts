import { logTwoWords } from './log-two-words.ts'
import { log1p } from './log1p.ts'

const words = new Float64Array(2)

/**
 * Log odds ln(p / (1 − p)), the inverse of expit, with the same bits in every engine; error below 2 units in the last place.
 * logit(0) = -Infinity, logit(1) = Infinity, NaN outside [0, 1].
 */
export function logit(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN
  const complement = 1 - p
  // near 1/2 the logarithms would cancel, while 2p − 1 is exact
  if (Math.abs(p - 0.5) < 0.05) return log1p((p - 0.5 + (p - 0.5)) / complement)
  const lost = 1 - complement - p
  logTwoWords(complement, words)
  const other = words[0]!
  const otherLow = words[1]! + lost / complement
  logTwoWords(p, words)
  return words[0]! - other + (words[1]! - otherLow)
}
