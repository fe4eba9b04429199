import { lgamma, stirlingRest } from './lgamma.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'

/** ln √(2π) */
const lnRootTwoPi = 0.9189385332046728

/**
 * ln B(a, b) for a, b >= 0, with the same bits in every engine; error below 1e-14 (1 + |ln B|), also where one argument
 * is far larger than the other. Infinity where one is 0, NaN where one is negative.
 */
export function lbeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (!(small >= 0)) return NaN
  if (small === 0) return Infinity
  if (large === Infinity) return -Infinity
  const sum = small + large
  if (large < 8) return lgamma(small) + lgamma(large) - lgamma(sum)
  // by Stirling's series, whose large terms cancel before they are computed
  const share = small / sum
  const rest = stirlingRest(large) - stirlingRest(sum)
  if (small < 8) return lgamma(small) + (rest + small - small * log(sum) + (large - 0.5) * log1p(-share))
  const both = lnRootTwoPi - 0.5 * log(large) + (stirlingRest(small) + rest)
  return both + (small - 0.5) * log(share) + large * log1p(-share)
}
