import { asinKernel } from './asin-kernel.ts'
import { upperHalf } from './two-words.ts'

const halfPi = 1.5707963267948966
const halfPiLow = 6.123233995736766e-17

/**
 * Arc cosine in [0, π] with the same bits in every engine; error below 1 unit in the last place. NaN for |x| > 1.
 *
 * Reduction as in fdlibm's e_acos (Sun Microsystems, 1993).
 */
export function acos(x: number): number {
  if (!(Math.abs(x) <= 1)) return NaN
  if (Math.abs(x) < 0.5) return halfPi - (x - (halfPiLow - x * asinKernel(x * x)))
  if (x === 1) return 0
  if (x < 0) {
    const z = 0.5 * (1 + x)
    const root = Math.sqrt(z)
    return Math.PI - 2 * (root + (root * asinKernel(z) - halfPiLow))
  }
  const z = 0.5 * (1 - x)
  const root = Math.sqrt(z)
  const high = upperHalf(root)
  const low = (z - high * high) / (root + high)
  return 2 * (high + (root * asinKernel(z) + low))
}
