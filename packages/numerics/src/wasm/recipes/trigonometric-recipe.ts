import { trigonometricCoefficients } from '../../trigonometric-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneBits, LaneNumber } from '../lane-value.ts'
import { divideTwoWords, type LaneWords } from './lane-words.ts'

const { twoOverPi, piHalves, sine, cosine } = trigonometricCoefficients
const [p1, p2, p3, p4] = piHalves

/** Adding and subtracting 1.5·2^52 rounds to the nearest integer, which the sum holds in its low bits. */
const rounder = 6755399441055744

const largest = 1e6

interface ReducedAngle {
  readonly angle: LaneWords
  /** The number of quarter turns taken off, in the low bits. */
  readonly quarters: LaneBits
}

function reduceAngle(lane: LaneAssembler, x: LaneNumber): ReducedAngle {
  const shifted = lane.add(lane.multiply(x, twoOverPi), rounder)
  const n = lane.subtract(shifted, rounder)
  const a = lane.subtract(x, lane.multiply(n, p1))
  const second = lane.multiply(n, p2)
  const b = lane.subtract(a, second)
  const bError = differenceError(lane, a, second, b)
  const third = lane.multiply(n, p3)
  const c = lane.subtract(b, third)
  const cError = differenceError(lane, b, third, c)
  const low = lane.subtract(lane.add(bError, cError), lane.multiply(n, p4))
  const high = lane.add(c, low)
  return { angle: { high, low: lane.add(lane.subtract(c, high), low) }, quarters: lane.bitsOf(shifted) }
}

/** a − b − difference exactly. */
function differenceError(lane: LaneAssembler, a: LaneNumber, b: LaneNumber, difference: LaneNumber): LaneNumber {
  const lost = lane.subtract(a, difference)
  return lane.add(lane.subtract(a, lane.add(difference, lost)), lane.subtract(lost, b))
}

export function sineKernel(lane: LaneAssembler, { high: y, low: tail }: LaneWords): LaneWords {
  const z = lane.multiply(y, y)
  const series = lane.multiply(lane.multiply(y, z), lane.polynomial(sine, z))
  const rest = lane.add(series, lane.multiply(tail, lane.subtract(1, lane.multiply(0.5, z))))
  const high = lane.add(y, rest)
  return { high, low: lane.add(lane.subtract(y, high), rest) }
}

export function cosineKernel(lane: LaneAssembler, { high: y, low: tail }: LaneWords): LaneWords {
  const z = lane.multiply(y, y)
  const half = lane.multiply(0.5, z)
  const head = lane.subtract(1, half)
  const series = lane.multiply(lane.multiply(z, z), lane.polynomial(cosine, z))
  const lost = lane.subtract(lane.subtract(1, head), half)
  const rest = lane.add(lost, lane.subtract(series, lane.multiply(y, tail)))
  const high = lane.add(head, rest)
  return { high, low: lane.add(lane.subtract(head, high), rest) }
}

/** sin x where `quarters` are those taken off x, cos x where they are one more. */
function sineOfQuarters(lane: LaneAssembler, angle: LaneWords, quarters: LaneBits): LaneNumber {
  const odd = lane.hasBit(quarters, 0)
  const value = lane.select(odd, cosineKernel(lane, angle).high, sineKernel(lane, angle).high)
  const sign = lane.shiftLeft(lane.andBits(quarters, 2n), 62)
  return lane.numberOf(lane.xorBits(lane.bitsOf(value), sign))
}

export function sin(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const { angle, quarters } = reduceAngle(lane, x)
  const value = lane.select(lane.equal(x, 0), x, sineOfQuarters(lane, angle, quarters))
  return lane.select(lane.beyond(x, largest), NaN, value)
}

export function cos(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const { angle, quarters } = reduceAngle(lane, x)
  const value = sineOfQuarters(lane, angle, lane.addBits(quarters, 1n))
  return lane.select(lane.beyond(x, largest), NaN, value)
}

export function tan(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const { angle, quarters } = reduceAngle(lane, x)
  const sineWords = sineKernel(lane, angle)
  const cosineWords = cosineKernel(lane, angle)
  const odd = lane.hasBit(quarters, 0)
  const [numerator, denominator] = (
    [
      [cosineWords, sineWords],
      [sineWords, cosineWords],
    ] as const
  ).map(([ifOdd, ifEven]) => ({
    high: lane.select(odd, ifOdd.high, ifEven.high),
    low: lane.select(odd, ifOdd.low, ifEven.low),
  }))
  const quotient = divideTwoWords(lane, numerator ?? sineWords, denominator ?? cosineWords)
  const signed = lane.numberOf(lane.xorBits(lane.bitsOf(quotient), lane.shiftLeft(quarters, 63)))
  const value = lane.select(lane.less(lane.absolute(x), 1e-9), x, signed)
  return lane.select(lane.beyond(x, largest), NaN, value)
}
