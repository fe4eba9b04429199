import { exp } from './exp.ts'
import { gammaFunction } from './gamma-function.ts'
import { stirlingRest } from './lgamma.ts'
import { log1pmx } from './log1pmx.ts'
import { pow } from './pow.ts'

/** x^a e^(−x) / Γ(a + 1) for a > −1 and finite x > 0; relative error below 1e-15 (8 + |exponent|). */
export function poissonTerm(a: number, x: number): number {
  // near its top, for large a, the powers of x and a must cancel before the exponential
  if (a >= 8) return exp(a * log1pmx((x - a) / a) - stirlingRest(a)) / Math.sqrt(2 * Math.PI * a)
  const half = exp(-0.5 * x)
  return ((pow(x, a) * half) / gammaFunction(a + 1)) * half
}

/**
 * x^(a − 1) e^(−x) / Γ(a), the slope of P(a, x) by x, with the same bits in every engine; relative error below
 * 1e-15 (8 + |exponent|). NaN for a <= 0 or x < 0.
 */
export function gammaDensity(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return NaN
  if (x === 0) return a === 1 ? 1 : a < 1 ? Infinity : 0
  if (x === Infinity) return 0
  if (a < 1) return (a * poissonTerm(a, x)) / x
  return poissonTerm(a - 1, x)
}
