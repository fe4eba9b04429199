import { exp } from './exp.ts'
import { expm1TwoWords } from './expm1-two-words.ts'
import { divideTwoWords } from './two-words.ts'

const words = new Float64Array(2)

/** Hyperbolic sine with the same bits in every engine; error below 1.3 units in the last place. sinh(±0) = ±0. */
export function sinh(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude > 1.4901161193847656e-8)) return x
  const sign = x < 0 ? -0.5 : 0.5
  if (magnitude > 22) {
    if (magnitude < 709) return sign * exp(magnitude)
    const root = exp(0.5 * magnitude)
    return sign * root * root
  }
  expm1TwoWords(magnitude, words)
  const high = words[0]!
  const low = words[1]!
  const sum = high + 1
  const lost = high > 1 ? high - sum + 1 : 1 - sum + high
  return sign * (high + (divideTwoWords(high, low, sum, lost + low) + low))
}
