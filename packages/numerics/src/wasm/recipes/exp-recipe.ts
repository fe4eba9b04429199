import { expTable } from '../../exp-table.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneBits, LaneNumber } from '../lane-value.ts'
import { scaleWide } from './power-of-two-recipe.ts'

/** Adding and subtracting 1.5·2^52 rounds to the nearest integer, which the sum holds in its low bits. */
const rounder = 6755399441055744

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

/** expit in lanes. */
export function expit(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const smaller = exp(lane, lane.negate(lane.absolute(x)))
  return lane.divide(lane.select(lane.lessEqual(0, x), 1, smaller), lane.add(1, smaller))
}
