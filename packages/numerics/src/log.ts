import { expCoefficients } from './exp-coefficients.ts'
import { logCoefficients } from './log-coefficients.ts'
import { reduceLogarithm } from './reduce-logarithm.ts'

const { ln2High, ln2Low } = expCoefficients
const { p, table } = logCoefficients
const [p0, p1, p2, p3, p4] = p
const rows = Float64Array.from(table.flat())
const words = new Float64Array(2)

/** Adding and subtracting 1.5·2^32 rounds to a multiple of 2^-20. */
const splitter = 6442450944

/**
 * Natural logarithm with the same bits in every engine; error below 0.53 units in the last place.
 *
 * log(±0) = -Infinity, log(x) = NaN for x < 0.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  const row = reduceLogarithm(x, words)
  const z = words[0]!
  const exponent = words[1]!
  const inverse = rows[row]!
  const zHigh = z + splitter - splitter
  const rHigh = zHigh * inverse - 1
  const rLow = (z - zHigh) * inverse
  const r = rHigh + rLow

  // k ln 2 + ln c + r in two words, then the rest of the series
  const t = exponent * ln2High + rows[row + 1]!
  const head = t + r
  const low = exponent * ln2Low + rows[row + 2]! + (rHigh - r + rLow + (t - head + r))
  const r2 = r * r
  const series = -0.5 + r * p0 + r2 * (p1 + r * p2) + r2 * r2 * (p3 + r * p4)
  return head + (low + r2 * series)
}
