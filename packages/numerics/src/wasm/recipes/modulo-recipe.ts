import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { productError } from './lane-words.ts'

const largestQuotient = 9007199254740992

export function modulo(lane: LaneAssembler, a: LaneNumber, b: LaneNumber): LaneNumber {
  const isNegative = lane.less(b, 0)
  const along = lane.select(isNegative, lane.negate(a), a)
  const size = lane.absolute(b)
  const quotient = lane.floor(lane.divide(along, size))
  const product = lane.multiply(quotient, size)
  const remainder = lane.subtract(lane.subtract(along, product), productError(lane, quotient, size, product))
  const above = lane.select(lane.less(remainder, 0), lane.add(remainder, size), remainder)
  const inRange = lane.select(lane.lessEqual(size, above), lane.subtract(above, size), above)
  const signed = lane.select(isNegative, lane.subtract(0, inRange), inRange)
  const known = lane.select(lane.lessEqual(lane.absolute(quotient), largestQuotient), signed, NaN)
  const whole = lane.select(lane.less(along, 0), b, a)
  const unbounded = lane.select(lane.less(lane.absolute(a), Infinity), whole, NaN)
  return lane.select(lane.equal(size, Infinity), unbounded, known)
}
