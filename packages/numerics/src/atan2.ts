import { atan } from './atan.ts'

const piLow = 1.2246467991473532e-16

/**
 * Angle of the point (x, y) from the x axis in [−π, π], with the same bits in every engine; error below 2 units in the
 * last place. 0 for the origin and for y = ±0 beside x = ±0.
 */
export function atan2(y: number, x: number): number {
  const opposite = Math.abs(y)
  const adjacent = Math.abs(x)
  const ratio = opposite === adjacent ? (opposite === 0 ? 0 : 1) : opposite / adjacent
  const angle = atan(ratio)
  const value = x < 0 ? Math.PI - (angle - piLow) : angle
  return y < 0 ? -value : value
}
