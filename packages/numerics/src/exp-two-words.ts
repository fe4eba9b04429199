import { expCoefficients } from './exp-coefficients.ts'

const { log2e, ln2High, ln2Low, q } = expCoefficients
const [q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10] = q

/** Adding and subtracting 1.5·2^52 rounds |x| < 2^51 to the nearest integer, ties to even. */
const rounder = 6755399441055744

/**
 * e^(x + tail) = 2^n (out[0] + out[1]), out[0] the larger word; returns n.
 *
 * @param x in [-746, 710]; NaN gives NaN words.
 * @param tail a correction far smaller than x, at most 2^-12.
 */
export function expTwoWords(x: number, tail: number, out: Float64Array): number {
  const n = x * log2e + rounder - rounder
  const high = x - n * ln2High
  const low = tail - n * ln2Low
  const r = high + low
  const correction = high - r + low
  const r2 = r * r
  const r4 = r2 * r2
  const r8 = r4 * r4
  const series =
    q0 + r * q1 + r2 * (q2 + r * q3) + r4 * (q4 + r * q5 + r2 * (q6 + r * q7)) + r8 * (q8 + r * q9 + r2 * q10)
  const sum = 1 + r
  out[0] = sum
  out[1] = r - (sum - 1) + (r2 * series + correction)
  return n
}
