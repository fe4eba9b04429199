import { log1p } from './log1p.ts'

/** Inverse of tanh with the same bits in every engine; error below 2 units in the last place. atanh(±0) = ±0, NaN beyond ±1. */
export function atanh(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude > 1e-9)) return x
  const value = 0.5 * log1p((2 * magnitude) / (1 - magnitude))
  return x < 0 ? -value : value
}
