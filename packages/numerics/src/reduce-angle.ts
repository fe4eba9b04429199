import { trigonometricCoefficients } from './trigonometric-coefficients.ts'

const { twoOverPi, piHalves } = trigonometricCoefficients
const [p1, p2, p3, p4] = piHalves

/** Adding and subtracting 1.5·2^52 rounds |x| < 2^51 to the nearest integer, ties to even. */
const rounder = 6755399441055744

/**
 * x = n π/2 + out[0] + out[1] with |out[0]| <= π/4 (a rounding error more at most); returns n.
 *
 * @param x with |x| <= 1e6.
 */
export function reduceAngle(x: number, out: Float64Array): number {
  const n = x * twoOverPi + rounder - rounder
  const a = x - n * p1
  const second = n * p2
  const b = a - second
  const bError = a - (b + (a - b)) + (a - b - second)
  const third = n * p3
  const c = b - third
  const cError = b - (c + (b - c)) + (b - c - third)
  const low = bError + cError - n * p4
  const high = c + low
  out[0] = high
  out[1] = c - high + low
  return n
}
