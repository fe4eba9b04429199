import { reduceAngle } from './reduce-angle.ts'
import { cosineKernel, sineKernel } from './sine-kernel.ts'

const words = new Float64Array(2)

/**
 * Sine of x radians with the same bits in every engine; error below 0.8 units in the last place.
 *
 * @param x with |x| <= 1e6; NaN beyond, where no angle of ours lies and the reduction would need more words of π.
 */
export function sin(x: number): number {
  if (!(Math.abs(x) <= 1e6)) return NaN
  if (x === 0) return x
  const quadrant = reduceAngle(x, words) & 3
  if (quadrant & 1) cosineKernel(words[0]!, words[1]!, words)
  else sineKernel(words[0]!, words[1]!, words)
  return quadrant & 2 ? -words[0]! : words[0]!
}
