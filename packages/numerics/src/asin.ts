import { asinKernel } from './asin-kernel.ts'
import { upperHalf } from './two-words.ts'

const halfPi = 1.5707963267948966
const halfPiLow = 6.123233995736766e-17

/**
 * Arc sine in [-π/2, π/2] with the same bits in every engine; error below 1 unit in the last place. NaN for |x| > 1.
 *
 * Above 1/2 asin x = π/2 − 2 asin √((1 − x)/2), with the root in two words, as in fdlibm's e_asin (Sun Microsystems, 1993).
 */
export function asin(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude <= 1)) return NaN
  if (magnitude < 1e-9) return x
  if (magnitude < 0.5) return x + x * asinKernel(x * x)
  const z = 0.5 * (1 - magnitude)
  const root = Math.sqrt(z)
  const high = upperHalf(root)
  const low = root > 0 ? (z - high * high) / (root + high) : 0
  const value = halfPi - 2 * high - (2 * (root * asinKernel(z) + low) - halfPiLow)
  return x < 0 ? -value : value
}
