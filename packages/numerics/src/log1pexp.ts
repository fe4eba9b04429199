import { exp } from './exp.ts'
import { log1p } from './log1p.ts'

/** ln(1 + e^x), without overflow, with the same bits in every engine; error below 2 units in the last place. */
export function log1pexp(x: number): number {
  return Math.max(x, 0) + log1p(exp(-Math.abs(x)))
}
