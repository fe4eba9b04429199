import { expCoefficients } from '../exp-coefficients.ts'
import { expTable } from '../exp-table.ts'
import type { LaneAssembler, LaneBits, LaneNumber, Operand } from './lane-assembler.ts'

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

/** scaleByPowerOfTwo in lanes, for n in [-2043, 2046] in the low 12 bits. */
export function scaleWide(lane: LaneAssembler, m: LaneNumber, n: LaneBits): LaneNumber {
  const half = lane.shiftRight(n, 1)
  const rest = lane.subtractBits(n, half)
  return lane.multiply(lane.multiply(m, powerOfTwo(lane, half)), powerOfTwo(lane, rest))
}

/** 2^n for n in [-1022, 1023] in the low 12 bits. */
export function powerOfTwo(lane: LaneAssembler, n: LaneBits): LaneNumber {
  return lane.numberOf(lane.addBits(lane.shiftLeft(n, 52), 0x3ff0_0000_0000_0000n))
}

/** e^(x + tail) = 2^k (power + power · change). */
interface TablePower {
  /** Bits of 1.5·2^52 + 128 k + i. */
  readonly shifted: LaneBits
  /** Bits of 2^(i/128), less i · 2^45. */
  readonly rowBits: LaneBits
  readonly change: LaneNumber
}

function tablePower(lane: LaneAssembler, x: LaneNumber, tail?: LaneNumber): TablePower {
  const { stepsPerUnit, stepHigh, stepLow, c } = expTable
  const [c0, c1, c2, c3] = c
  const sum = tail === undefined ? x : lane.add(x, tail)
  const steps = lane.add(lane.multiply(sum, stepsPerUnit), rounder)
  const shifted = lane.bitsOf(steps)
  const index = lane.andBits(lane.shiftLeft(shifted, 4), 127n << 4n)
  const [power = x, error = x] = lane.row('exp', index, 2)
  const n = lane.subtract(steps, rounder)
  const reduced = lane.subtract(x, lane.multiply(n, stepHigh))
  const low = lane.multiply(n, stepLow)
  const r = tail === undefined ? lane.subtract(reduced, low) : lane.add(reduced, lane.subtract(tail, low))
  const r2 = lane.multiply(r, r)
  const first = lane.multiply(r2, lane.add(c0, lane.multiply(r, c1)))
  const second = lane.multiply(lane.multiply(r2, r2), lane.add(c2, lane.multiply(r, c3)))
  const change = lane.add(lane.add(lane.add(error, r), first), second)
  return { shifted, rowBits: lane.bitsOf(power), change }
}

/** expOfSum in lanes for |x| <= 650, where no part of the power is subnormal. */
export function expOfSum(lane: LaneAssembler, x: LaneNumber, tail?: LaneNumber): LaneNumber {
  const { shifted, rowBits, change } = tablePower(lane, x, tail)
  const power = lane.numberOf(lane.addBits(rowBits, lane.shiftLeft(shifted, 45)))
  return lane.add(power, lane.multiply(power, change))
}

/** expOfSum in lanes for x in [-746, 710]. */
export function expOfSumWide(lane: LaneAssembler, x: LaneNumber, tail?: LaneNumber): LaneNumber {
  const { shifted, rowBits, change } = tablePower(lane, x, tail)
  const power = lane.numberOf(lane.addBits(rowBits, lane.shiftLeft(lane.andBits(shifted, 127n), 45)))
  return scaleWide(lane, lane.add(power, lane.multiply(power, change)), lane.shiftRight(shifted, 7))
}

export function exp(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.ifAny(
    lane.beyond(x, 650),
    () => lane.call('expWide', x),
    () => expOfSum(lane, x),
  )
}

/** exp for every x, also where the result is subnormal or overflows. */
export function expWide(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return expOfSumWide(lane, lane.atMost(lane.atLeast(x, -746), 710))
}
