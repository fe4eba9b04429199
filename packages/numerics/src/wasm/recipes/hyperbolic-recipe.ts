import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { exp } from './exp-recipe.ts'
import { expm1TwoWords, expTwoWords } from './exp-two-words-recipe.ts'
import { divideTwoWords, withSign } from './lane-words.ts'
import { powerOfTwo } from './power-of-two-recipe.ts'

/** 2^-26: below, sinh x and tanh x are x. */
const tiny = 1.4901161193847656e-8

export function expm1(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.ifAny(
    lane.beyond(x, 40),
    () => lane.call('expm1Wide', x),
    () => expm1OrTiny(lane, x),
  )
}

/** expm1 for every x. */
export function expm1Wide(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const value = expm1OrTiny(lane, lane.atMost(lane.atLeast(x, -41), 701))
  const upper = lane.select(lane.less(700, x), lane.call('exp', x), value)
  return lane.select(lane.less(x, -40), -1, upper)
}

function expm1OrTiny(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.select(lane.less(lane.absolute(x), 1.1102230246251565e-16), x, expm1TwoWords(lane, x).high)
}

export function tanh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const limited = lane.atMost(magnitude, 20)
  const words = expm1TwoWords(lane, lane.multiply(2, limited))
  const sum = lane.add(words.high, 2)
  const fromTwo = lane.add(lane.subtract(2, sum), words.high)
  const lost = lane.select(lane.less(2, words.high), lane.add(lane.subtract(words.high, sum), 2), fromTwo)
  const value = divideTwoWords(lane, words, { high: sum, low: lane.add(lost, words.low) })
  const signed = withSign(lane, lane.select(lane.less(20, magnitude), 1, value), x)
  return lane.select(lane.less(tiny, magnitude), signed, x)
}

export function sinh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const value = lane.branch(
    lane.less(22, magnitude),
    () => halfExp(lane, magnitude),
    () => {
      const words = expm1TwoWords(lane, lane.atMost(magnitude, 22))
      const sum = lane.add(words.high, 1)
      const fromOne = lane.add(lane.subtract(1, sum), words.high)
      const lost = lane.select(lane.less(1, words.high), lane.add(lane.subtract(words.high, sum), 1), fromOne)
      const quotient = divideTwoWords(lane, words, { high: sum, low: lane.add(lost, words.low) })
      return lane.multiply(0.5, lane.add(words.high, lane.add(quotient, words.low)))
    },
  )
  return lane.select(lane.less(tiny, magnitude), withSign(lane, value, x), x)
}

export function cosh(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  return lane.branch(
    lane.lessEqual(magnitude, 22),
    () => {
      const words = expTwoWords(lane, lane.atMost(magnitude, 22), 0)
      const half = powerOfTwo(lane, lane.addBits(lane.bitsOf(words.shifted), -1n))
      const high = lane.multiply(half, words.high)
      const low = lane.multiply(half, words.low)
      return lane.add(high, lane.add(lane.divide(0.25, lane.add(high, low)), low))
    },
    () => halfExp(lane, magnitude),
  )
}

/** e^x / 2 for x > 22, without overflow before the end. */
function halfExp(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const small = lane.less(x, 709)
  const root = exp(lane, lane.select(small, x, lane.multiply(0.5, x)))
  return lane.multiply(lane.multiply(0.5, root), lane.select(small, 1, root))
}
