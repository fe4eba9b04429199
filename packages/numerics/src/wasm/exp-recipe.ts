import { expCoefficients } from '../exp-coefficients.ts'
import type { LaneAssembler, LaneNumber, Operand } from './lane-assembler.ts'

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

/** m · 2^n for `shifted` = 1.5·2^52 + n, where m and the result are normal numbers. */
export function scaleNormal(lane: LaneAssembler, m: LaneNumber, shifted: LaneNumber): LaneNumber {
  return lane.numberOf(lane.addBits(lane.bitsOf(m), lane.shiftLeft(lane.bitsOf(shifted), 52)))
}

/** scaleByPowerOfTwo in lanes, for n in [-2043, 2046]. */
export function scaleWide(lane: LaneAssembler, m: LaneNumber, shifted: LaneNumber): LaneNumber {
  const n = lane.bitsOf(shifted)
  const half = lane.shiftRight(n, 1)
  const rest = lane.subtractBits(n, half)
  return lane.multiply(lane.multiply(m, powerOfTwo(lane, half)), powerOfTwo(lane, rest))
}

/** 2^n for n in [-1022, 1023] in the low 12 bits. */
export function powerOfTwo(lane: LaneAssembler, n: ReturnType<LaneAssembler['bitsOf']>): LaneNumber {
  return lane.numberOf(lane.addBits(lane.shiftLeft(n, 52), 0x3ff0_0000_0000_0000n))
}

export function exp(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.ifAny(
    lane.outside(x, -708, 709),
    () => lane.call('expWide', x),
    () => {
      const { high, low, shifted } = expTwoWords(lane, x, 0)
      return scaleNormal(lane, lane.add(high, low), shifted)
    },
  )
}

/** exp for every x, also where the result is subnormal or overflows. */
export function expWide(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const { high, low, shifted } = expTwoWords(lane, lane.atMost(lane.atLeast(x, -746), 710), 0)
  return scaleWide(lane, lane.add(high, low), shifted)
}
