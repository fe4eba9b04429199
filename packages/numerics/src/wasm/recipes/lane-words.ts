import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'

/** A number in each lane as a sum of two. */
export interface LaneWords {
  readonly high: LaneNumber
  readonly low: LaneNumber
}

/** upperHalf in lanes. */
export function upperHalf(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const scaled = lane.multiply(134217729, x)
  return lane.subtract(scaled, lane.subtract(scaled, x))
}

/** productError in lanes. */
export function productError(lane: LaneAssembler, a: LaneNumber, b: LaneNumber, product: LaneNumber): LaneNumber {
  const aHigh = upperHalf(lane, a)
  const bHigh = upperHalf(lane, b)
  const aLow = lane.subtract(a, aHigh)
  const bLow = lane.subtract(b, bHigh)
  const first = lane.subtract(lane.multiply(aHigh, bHigh), product)
  const second = lane.add(lane.add(first, lane.multiply(aHigh, bLow)), lane.multiply(aLow, bHigh))
  return lane.add(second, lane.multiply(aLow, bLow))
}

/** divideTwoWords in lanes. */
export function divideTwoWords(lane: LaneAssembler, a: LaneWords, b: LaneWords): LaneNumber {
  const quotient = lane.divide(a.high, b.high)
  const product = lane.multiply(quotient, b.high)
  const exact = lane.subtract(lane.subtract(a.high, product), productError(lane, quotient, b.high, product))
  const remainder = lane.add(exact, lane.subtract(a.low, lane.multiply(quotient, b.low)))
  return lane.add(quotient, lane.divide(remainder, b.high))
}

/** magnitude with the sign of `signed`, for a magnitude that is not negative. */
export function withSign(lane: LaneAssembler, magnitude: LaneNumber, signed: LaneNumber): LaneNumber {
  return lane.numberOf(lane.orBits(lane.bitsOf(magnitude), lane.andBits(lane.bitsOf(signed), 1n << 63n)))
}
