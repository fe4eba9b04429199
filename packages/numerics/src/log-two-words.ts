import { expCoefficients } from './exp-coefficients.ts'
import { logCoefficients } from './log-coefficients.ts'
import { powerOfTwo } from './scale-by-power-of-two.ts'

const { ln2High, ln2Low } = expCoefficients
const { offsetHighWord, p, table } = logCoefficients
const [p0, p1, p2, p3, p4, p5] = p
const rows = Float64Array.from(table.flat())

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/** Adding and subtracting 1.5·2^32 rounds to a multiple of 2^-20. */
const splitter = 6442450944

/**
 * ln x as out[0] + out[1], out[0] the rounded value; relative error below 2^-65.
 *
 * @param x positive and finite; subnormal numbers are allowed.
 */
export function logTwoWords(x: number, out: Float64Array): void {
  const subnormal = x < 2.2250738585072014e-308
  const normal = subnormal ? x * 18014398509481984 : x
  float[0] = normal
  const offset = words[1]! - offsetHighWord
  const k = offset >> 20
  const row = 3 * ((offset >> 13) & 127)
  const exponent = subnormal ? k - 54 : k

  const z = normal * powerOfTwo(-k)
  const inverse = rows[row]!
  const zHigh = z + splitter - splitter
  const rHigh = zHigh * inverse - 1
  const rLow = (z - zHigh) * inverse
  const r = rHigh + rLow
  const rError = rHigh - r + rLow

  // k ln 2 + ln c + r − r²/2, each rounding error kept
  const t = exponent * ln2High + rows[row + 1]!
  const t1 = t + r
  const e1 = t - t1 + r
  const half = -0.5 * r
  const halfHigh = -0.5 * rHigh
  const squareHigh = rHigh * halfHigh
  const t2 = t1 + squareHigh
  const e2 = t1 - t2 + squareHigh
  const squareLow = rLow * (half + halfHigh)

  const r2 = r * r
  const cube = r2 * r * (p0 + r * p1 + r2 * (p2 + r * p3 + r2 * (p4 + r * p5)))
  const low = exponent * ln2Low + rows[row + 2]! + rError + e1 + e2 + squareLow + cube
  const value = t2 + low
  out[0] = value
  out[1] = t2 - value + low
}
