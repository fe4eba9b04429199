import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { normalQuantile } from './normal-quantile.ts'

/** √π / 2 */
const halfRootPi = 0.886226925452758

/** The y with erf y = x, with the same bits in every engine; error below 4 units in the last place. NaN beyond ±1. */
export function erfInverse(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude < 0.5)) {
    const value = -normalQuantile(0.5 * (1 - magnitude)) * Math.SQRT1_2
    return x < 0 ? -value : value
  }
  const start = normalQuantile(0.5 + 0.5 * x) * Math.SQRT1_2
  return start - (erf(start) - x) * halfRootPi * exp(start * start)
}
