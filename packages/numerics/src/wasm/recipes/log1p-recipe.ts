import { oddReciprocals } from '../../log1pmx.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'

export function log1pexp(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const power = lane.call('exp', lane.negate(lane.absolute(x)))
  return lane.add(lane.atLeast(x, 0), lane.call('log1p', power))
}

export function log1pmx(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.and(lane.less(-0.5, x), lane.less(x, 1)),
    () => {
      const r = lane.divide(x, lane.add(2, x))
      const square = lane.multiply(r, r)
      const series = lane.multiply(lane.multiply(2, square), lane.polynomial(oddReciprocals, square))
      return lane.multiply(r, lane.subtract(series, x))
    },
    () => lane.subtract(lane.call('log1p', x), x),
  )
}
