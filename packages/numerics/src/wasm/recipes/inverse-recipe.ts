import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { withSign } from './lane-words.ts'

const piLow = 1.2246467991473532e-16

/** Above, 1 + x² is x². */
const large = 268435456

export function asinh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const value = lane.branch(
    lane.less(large, magnitude),
    () => lane.add(lane.call('log', magnitude), Math.LN2),
    () => {
      const square = lane.multiply(magnitude, magnitude)
      const rest = lane.divide(square, lane.add(1, lane.squareRoot(lane.add(1, square))))
      return lane.call('log1p', lane.add(magnitude, rest))
    },
  )
  return lane.select(lane.less(1e-9, magnitude), withSign(lane, value, x), x)
}

export function acosh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.less(large, x),
    () => lane.add(lane.call('log', x), Math.LN2),
    () => {
      const above = lane.subtract(x, 1)
      return lane.call('log1p', lane.add(above, lane.squareRoot(lane.multiply(above, lane.add(above, 2)))))
    },
  )
}

export function atanh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const odds = lane.divide(lane.multiply(2, magnitude), lane.subtract(1, magnitude))
  const value = lane.multiply(0.5, lane.call('log1p', odds))
  return lane.select(lane.less(1e-9, magnitude), withSign(lane, value, x), x)
}

export function atan2(lane: LaneAssembler, y: LaneNumber, x: LaneNumber): LaneNumber {
  const opposite = lane.absolute(y)
  const adjacent = lane.absolute(x)
  const diagonal = lane.select(lane.equal(opposite, 0), 0, 1)
  const ratio = lane.select(lane.equal(opposite, adjacent), diagonal, lane.divide(opposite, adjacent))
  const angle = lane.call('atan', ratio)
  const value = lane.select(lane.less(x, 0), lane.subtract(Math.PI, lane.subtract(angle, piLow)), angle)
  return lane.select(lane.less(y, 0), lane.negate(value), value)
}
