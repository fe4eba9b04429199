import { log } from './log.ts'
import { log1p } from './log1p.ts'

/** Inverse of cosh with the same bits in every engine; error below 2 units in the last place. NaN below 1. */
export function acosh(x: number): number {
  if (x > 268435456) return log(x) + Math.LN2
  const above = x - 1
  return log1p(above + Math.sqrt(above * (above + 2)))
}
