import { lgamma } from './lgamma.ts'
import { lgammaCoefficients } from './lgamma-coefficients.ts'
import { polynomial } from './polynomial.ts'

/** ln |Γ(1 + x)|, accurate also for small x, with the same bits in every engine; error below 3 units in the last place for x > −1/2. */
export function lgamma1p(x: number): number {
  return Math.abs(x) <= 0.25 ? 0 + x * polynomial(lgammaCoefficients.nearOne, x) : lgamma(1 + x)
}
