import { expOfSum } from './exp-of-sum.ts'
import { logTwoWords } from './log-two-words.ts'

const words = new Float64Array(2)

const float = new Float64Array(1)
const halves = new Uint32Array(float.buffer)
const two64 = 4294967296 * 4294967296

/**
 * x^y with the same bits in every engine; error below 0.53 units in the last place.
 *
 * Special values are those of JavaScript's `**`: x^±0 = 1 for every x, NaN for y = NaN, for (±1)^±Infinity and for
 * a negative x with a finite non-integer y; odd integers y keep the sign of a negative x, also of -0 and -Infinity.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  const magnitude = Math.abs(x)
  if (!(magnitude > 0 && magnitude < Infinity && Math.abs(y) < Infinity)) return powSpecial(x, y)
  let sign = 1
  if (x < 0) {
    if (Math.floor(y) !== y) return NaN
    if (isOdd(y)) sign = -1
  }
  // ln x is 0 or at least 2^-53 in magnitude: beyond 2^64 the power is 1, 0 or infinite all the same.
  const exponent = Math.min(two64, Math.max(-two64, y))
  logTwoWords(magnitude, words)
  const yHigh = upper26Bits(exponent)
  const logHigh = upper26Bits(words[0]!)
  const logLow = words[0]! - logHigh + words[1]!
  let high = yHigh * logHigh
  let low = (exponent - yHigh) * logHigh + exponent * logLow
  if (high > 710) {
    high = 710
    low = 0
  } else if (high < -746) {
    high = -746
    low = 0
  }
  return sign * expOfSum(high, low)
}

/** x without its last 27 bits: products of two such numbers are exact. */
function upper26Bits(x: number): number {
  float[0] = x
  halves[0] = halves[0]! & 0xf8000000
  return float[0]!
}

/** x^y where x is 0, infinite or NaN, or y is infinite or NaN; y is not 0. */
function powSpecial(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN
  const magnitude = Math.abs(x)
  if (Math.abs(y) === Infinity) {
    if (magnitude === 1) return NaN
    return magnitude > 1 === y > 0 ? Infinity : 0
  }
  const size = magnitude > 0 === y > 0 ? Infinity : 0
  const negative = x < 0 || Object.is(x, -0)
  return negative && isOdd(y) ? -size : size
}

/** Whether y is an odd integer. */
function isOdd(y: number): boolean {
  return Math.floor(y) === y && Math.abs(y % 2) === 1
}
