import { expCoefficients } from '../../exp-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber, Operand } from '../lane-value.ts'
import type { LaneWords } from './lane-words.ts'
import { powerOfTwo } from './power-of-two-recipe.ts'

const { log2e, ln2High, ln2Low, q } = expCoefficients
const [q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10] = q

/** Adding and subtracting 1.5·2^52 rounds to the nearest integer, which the sum holds in its low bits. */
const rounder = 6755399441055744

/** 2^n (high + low). */
export interface ScaledWords {
  readonly high: LaneNumber
  readonly low: LaneNumber
  /** 1.5·2^52 + n. */
  readonly shifted: LaneNumber
}

/** expTwoWords in lanes. */
export function expTwoWords(lane: LaneAssembler, x: LaneNumber, tail: Operand): ScaledWords {
  const shifted = lane.add(lane.multiply(x, log2e), rounder)
  const n = lane.subtract(shifted, rounder)
  const reduced = lane.subtract(x, lane.multiply(n, ln2High))
  const reducedLow = lane.subtract(tail, lane.multiply(n, ln2Low))
  const r = lane.add(reduced, reducedLow)
  const correction = lane.add(lane.subtract(reduced, r), reducedLow)
  const r2 = lane.multiply(r, r)
  const r4 = lane.multiply(r2, r2)
  const r8 = lane.multiply(r4, r4)
  const linear = (a: number, b: number) => lane.add(a, lane.multiply(r, b))
  const first = lane.add(linear(q0, q1), lane.multiply(r2, linear(q2, q3)))
  const second = lane.add(first, lane.multiply(r4, lane.add(linear(q4, q5), lane.multiply(r2, linear(q6, q7)))))
  const third = lane.multiply(r8, lane.add(linear(q8, q9), lane.multiply(r2, q10)))
  const series = lane.add(second, third)
  const high = lane.add(1, r)
  const low = lane.add(lane.subtract(r, lane.subtract(high, 1)), lane.add(lane.multiply(r2, series), correction))
  return { high, low, shifted }
}

/** expm1TwoWords in lanes, for x in [-708, 709]. */
export function expm1TwoWords(lane: LaneAssembler, x: LaneNumber): LaneWords {
  const words = expTwoWords(lane, x, 0)
  const power = powerOfTwo(lane, lane.bitsOf(words.shifted))
  const high = lane.multiply(words.high, power)
  const low = lane.multiply(words.low, power)
  const difference = lane.subtract(high, 1)
  const below = lane.subtract(high, lane.add(difference, 1))
  const lost = lane.select(lane.less(1, high), lane.subtract(lane.subtract(high, difference), 1), below)
  const rest = lane.add(lost, low)
  const value = lane.add(difference, rest)
  return { high: value, low: lane.add(lane.subtract(difference, value), rest) }
}
