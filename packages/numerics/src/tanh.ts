import { expm1TwoWords } from './expm1-two-words.ts'
import { divideTwoWords } from './two-words.ts'

const words = new Float64Array(2)

/** Hyperbolic tangent with the same bits in every engine; error below 1 unit in the last place. tanh(±0) = ±0. */
export function tanh(x: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude > 1.4901161193847656e-8)) return x
  if (magnitude > 20) return x < 0 ? -1 : 1
  expm1TwoWords(2 * magnitude, words)
  const high = words[0]!
  const low = words[1]!
  const sum = high + 2
  const lost = high > 2 ? high - sum + 2 : 2 - sum + high
  const value = divideTwoWords(high, low, sum, lost + low)
  return x < 0 ? -value : value
}
