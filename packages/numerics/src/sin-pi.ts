import { cosineKernel, sineKernel } from './sine-kernel.ts'
import { productError } from './two-words.ts'

const piLow = 1.2246467991473532e-16

/** Adding and subtracting 1.5·2^52 rounds |x| < 2^51 to the nearest integer, ties to even. */
const rounder = 6755399441055744

const words = new Float64Array(2)

/** sin(π x), exactly 0 at integers, with the same bits in every engine; error below 1 unit in the last place. */
export function sinPi(x: number): number {
  return sineOfHalfTurns(x, 0)
}

/** cos(π x), exactly 0 midway between integers, with the same bits in every engine; error below 1 unit in the last place. */
export function cosPi(x: number): number {
  return sineOfHalfTurns(x, 1)
}

/** sin(π x + quarters π/2). */
function sineOfHalfTurns(x: number, quarters: number): number {
  // above 2^50 only the place within two half turns matters, below it the smallest x must keep its digits
  const near = Math.abs(x) < 1125899906842624 ? x : x - 2 * Math.floor(0.5 * x)
  const n = 2 * near + rounder - rounder
  const r = near - 0.5 * n
  const y = r * Math.PI
  const low = productError(r, Math.PI, y) + r * piLow
  const quadrant = (n + quarters) & 3
  if (quadrant & 1) cosineKernel(y, low, words)
  else sineKernel(y, low, words)
  return quadrant & 2 ? 0 - words[0]! : words[0]! + 0
}
