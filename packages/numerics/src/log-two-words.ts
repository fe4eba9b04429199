import { expCoefficients } from './exp-coefficients.ts'
import { logCoefficients } from './log-coefficients.ts'
import { reduceLogarithm } from './reduce-logarithm.ts'

const { ln2High, ln2Low } = expCoefficients
const { p, table } = logCoefficients
const [p0, p1, p2, p3, p4, p5] = p
const rows = Float64Array.from(table.flat())

/** Adding and subtracting 1.5·2^32 rounds to a multiple of 2^-20. */
const splitter = 6442450944

/**
 * ln x as out[0] + out[1] with |out[1]| < 2^-15 |out[0]|; relative error below 2^-65.
 *
 * @param x positive and finite; subnormal numbers are allowed.
 */
export function logTwoWords(x: number, out: Float64Array): void {
  const row = reduceLogarithm(x, out)
  const z = out[0]!
  const exponent = out[1]!
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
  const cube = r2 * r * (p0 + r * p1 + r2 * (p2 + r * p3) + r2 * r2 * (p4 + r * p5))
  out[0] = t2
  out[1] = exponent * ln2Low + rows[row + 2]! + rError + (e1 + e2) + squareLow + cube
}
