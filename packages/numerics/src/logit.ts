import { log } from './log.ts'
import { log1p } from './log1p.ts'

/**
 * Log odds ln(p / (1 − p)), the inverse of expit, with the same bits in every engine; error below 2.5 units in the last place.
 * logit(0) = -Infinity, logit(1) = Infinity, NaN outside [0, 1].
 */
export function logit(p: number): number {
  // 2p − 1 is exact here, and the quotient p / (1 − p) would lose what is left of it near 1/2
  if (p > 0.25 && p < 0.75) return log1p((p - 0.5 + (p - 0.5)) / (1 - p))
  return log(p / (1 - p))
}
