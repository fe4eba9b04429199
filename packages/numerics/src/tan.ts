import { reduceAngle } from './reduce-angle.ts'
import { cosineKernel, sineKernel } from './sine-kernel.ts'
import { divideTwoWords } from './two-words.ts'

const angle = new Float64Array(2)
const sine = new Float64Array(2)
const cosine = new Float64Array(2)

/**
 * Tangent of x radians with the same bits in every engine; error below 0.8 units in the last place.
 *
 * @param x with |x| <= 1e6; NaN beyond, as for sin.
 */
export function tan(x: number): number {
  if (!(Math.abs(x) <= 1e6)) return NaN
  if (Math.abs(x) < 1e-9) return x
  const odd = reduceAngle(x, angle) & 1
  sineKernel(angle[0]!, angle[1]!, sine)
  cosineKernel(angle[0]!, angle[1]!, cosine)
  return odd
    ? -divideTwoWords(cosine[0]!, cosine[1]!, sine[0]!, sine[1]!)
    : divideTwoWords(sine[0]!, sine[1]!, cosine[0]!, cosine[1]!)
}
