import { log } from './log.ts'
import { log1p } from './log1p.ts'

/** Inverse of sinh with the same bits in every engine; error below 2 units in the last place. asinh(±0) = ±0. */
export function asinh(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude > 1e-9)) return x
  const square = magnitude * magnitude
  const value =
    magnitude > 268435456 ? log(magnitude) + Math.LN2 : log1p(magnitude + square / (1 + Math.sqrt(1 + square)))
  return x < 0 ? -value : value
}
