import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneMask, LaneNumber } from '../lane-value.ts'
import { expOfSum, expOfSumWide } from './exp-recipe.ts'
import type { LaneWords } from './lane-words.ts'
import { logTwoWords, logTwoWordsNormal } from './log-recipe.ts'

const two64 = 4294967296 * 4294967296

export function pow(lane: LaneAssembler, x: LaneNumber, y: LaneNumber): LaneNumber {
  const { high, low } = product(lane, y, logTwoWordsNormal(lane, x))
  return lane.ifAny(
    lane.or(lane.notNormal(x), lane.beyond(high, 650)),
    () => lane.call('powWide', x, y),
    () => expOfSum(lane, high, low),
  )
}

/** pow for every x and y. */
export function powWide(lane: LaneAssembler, x: LaneNumber, y: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const exponent = lane.atMost(lane.atLeast(y, -two64), two64)
  const { high, low } = product(lane, exponent, logTwoWords(lane, magnitude))
  const limited = lane.atMost(lane.atLeast(high, -746), 710)
  const power = expOfSumWide(lane, limited, lane.select(lane.equal(high, limited), low, 0))

  const odd = isOdd(lane, y)
  const negative = lane.less(lane.numberOf(lane.orBits(signOf(lane, x), one)), 0)
  const signed = lane.select(lane.and(negative, odd), lane.negate(power), power)
  const undefinedPower = lane.and(lane.less(x, 0), lane.notEqual(lane.floor(y), y))
  const ordinary = lane.select(undefinedPower, NaN, signed)

  // x is 0 or infinite
  const outward = lane.equal(lane.select(lane.less(0, magnitude), 1, 0), lane.select(lane.less(0, y), 1, 0))
  const size = lane.select(outward, Infinity, 0)
  const limit = lane.select(lane.and(negative, odd), lane.negate(size), size)
  // y is infinite
  const grows = lane.equal(lane.select(lane.less(1, magnitude), 1, 0), lane.select(lane.less(0, y), 1, 0))
  const infinitePower = lane.select(lane.equal(magnitude, 1), NaN, lane.select(grows, Infinity, 0))

  const plain = lane.and(lane.less(0, magnitude), lane.less(magnitude, Infinity))
  const atLimit = lane.select(plain, ordinary, limit)
  const finiteExponent = lane.select(lane.equal(lane.absolute(y), Infinity), infinitePower, atLimit)
  const anyNaN = lane.or(lane.notEqual(x, x), lane.notEqual(y, y))
  return lane.select(lane.equal(y, 0), 1, lane.select(anyNaN, NaN, finiteExponent))
}

const one = 0x3ff0_0000_0000_0000n

function signOf(lane: LaneAssembler, x: LaneNumber): ReturnType<LaneAssembler['bitsOf']> {
  return lane.andBits(lane.bitsOf(x), 1n << 63n)
}

/** y ln x in two words. */
function product(lane: LaneAssembler, y: LaneNumber, log: LaneWords): LaneWords {
  const yHigh = upper26Bits(lane, y)
  const logHigh = upper26Bits(lane, log.high)
  const logLow = lane.add(lane.subtract(log.high, logHigh), log.low)
  const high = lane.multiply(yHigh, logHigh)
  const low = lane.add(lane.multiply(lane.subtract(y, yHigh), logHigh), lane.multiply(y, logLow))
  return { high, low }
}

/** x without its last 27 bits: products of two such numbers are exact. */
function upper26Bits(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.numberOf(lane.andBits(lane.bitsOf(x), 0xffff_ffff_f800_0000n))
}

/** Whether y is an odd integer; an infinite y is not. */
function isOdd(lane: LaneAssembler, y: LaneNumber): LaneMask {
  const half = lane.multiply(0.5, y)
  return lane.and(lane.equal(lane.floor(y), y), lane.notEqual(lane.floor(half), half))
}
