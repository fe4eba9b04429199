import { expTable } from './exp-table.ts'
import { scaleByPowerOfTwo } from './scale-by-power-of-two.ts'

const { stepsPerUnit, stepHigh, stepLow, c, table } = expTable
const [c0, c1, c2, c3] = c
const rows = Float64Array.from(table.flat())

/** Adding and subtracting 1.5·2^52 rounds |x| < 2^51 to the nearest integer, ties to even. */
const rounder = 6755399441055744

/**
 * e^(x + tail), error below 0.51 units in the last place.
 *
 * @param x in [-746, 710]; NaN gives NaN.
 * @param tail a correction of at most 2^-6.
 */
export function expOfSum(x: number, tail: number): number {
  const n = (x + tail) * stepsPerUnit + rounder - rounder
  const r = x - n * stepHigh + (tail - n * stepLow)
  const row = 2 * (n & 127)
  const power = rows[row]!
  const r2 = r * r
  const change = rows[row + 1]! + r + r2 * (c0 + r * c1) + r2 * r2 * (c2 + r * c3)
  return scaleByPowerOfTwo(power + power * change, n >> 7)
}
