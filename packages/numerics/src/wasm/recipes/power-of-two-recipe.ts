import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneBits, LaneNumber } from '../lane-value.ts'

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
