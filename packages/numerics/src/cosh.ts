import { exp } from './exp.ts'
import { expTwoWords } from './exp-two-words.ts'
import { powerOfTwo } from './scale-by-power-of-two.ts'

const words = new Float64Array(2)

/** Hyperbolic cosine with the same bits in every engine; error below 1.3 units in the last place. */
export function cosh(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude <= 22)) {
    if (magnitude < 709) return 0.5 * exp(magnitude)
    const root = exp(0.5 * magnitude)
    return 0.5 * root * root
  }
  const half = powerOfTwo(expTwoWords(magnitude, 0, words) - 1)
  const high = half * words[0]!
  const low = half * words[1]!
  return high + (0.25 / (high + low) + low)
}
