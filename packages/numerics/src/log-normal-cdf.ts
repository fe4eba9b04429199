import { scaledErfc } from './erfc-tail.ts'
import { log } from './log.ts'
import { log1p } from './log1p.ts'
import { normalCdf } from './normal-cdf.ts'
import { productError } from './two-words.ts'

/** √(1/2) */
const rootHalf = Math.SQRT1_2

const words = new Float64Array(2)

/**
 * ln of the probability that a standard normal deviate is at most x, accurate in both tails (no underflow: about −x²/2
 * for x far below 0, about −P(X > x) for x far above), with the same bits in every engine; error below 1.6 units in the last place.
 * The likelihood of an observation below the limit of quantification needs it.
 */
export function logNormalCdf(x: number): number {
  if (x > 0) return log1p(-normalCdf(-x))
  if (!(x < -0.7072)) return log(normalCdf(x))
  if (x < -1e150) return -0.5 * x * x
  const square = x * x
  scaledErfc(-x * rootHalf, words)
  return -0.5 * square + (log(0.5 * (words[0]! + words[1]!)) - 0.5 * productError(x, x, square))
}
