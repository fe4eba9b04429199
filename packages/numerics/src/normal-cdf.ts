import { normalCentre, normalTail } from './normal-probability.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'

const words = new Float64Array(3)

/**
 * Probability that a standard normal deviate is at most x, accurate also in the far lower tail (subnormal below −37.5),
 * with the same bits in every engine; error below 1 unit in the last place.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN
  const magnitude = Math.abs(x)
  if (magnitude < 0.7072) {
    normalCentre(x, words)
    const sum = 0.5 + words[0]!
    return sum + (0.5 - sum + words[0]! + words[1]!)
  }
  if (magnitude > 38.6) return x > 0 ? 1 : 0
  const n = normalTail(magnitude, words)
  const tail = scaleByPowerOfTwo(words[0]! + words[1]!, n)
  return x > 0 ? 1 - tail : tail
}
