import { normalDistributionCoefficients } from '../../normal-distribution-coefficients.ts'
import { normalQuantileCoefficients } from '../../normal-quantile-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneBits, LaneNumber } from '../lane-value.ts'
import { scaledErfc } from './error-function-recipe.ts'
import { expTwoWords } from './exp-two-words-recipe.ts'
import { type LaneWords, productError, withSign } from './lane-words.ts'
import { scaleWide } from './power-of-two-recipe.ts'

const { density, densityLow, rootHalf, rootHalfLow, twoOverRootPi, rootHalfPi, rootTwoPi, centre } =
  normalDistributionCoefficients
const { centre: centralRatio, middle, tail } = normalQuantileCoefficients

/** normalCentre in lanes. */
function normalCentre(lane: LaneAssembler, x: LaneNumber): LaneWords {
  const z = lane.multiply(x, x)
  const high = lane.multiply(x, density)
  const error = lane.add(productError(lane, x, lane.constant(density), high), lane.multiply(x, densityLow))
  return { high, low: lane.add(error, lane.multiply(lane.multiply(x, z), lane.polynomial(centre, z))) }
}

/** normalTail in lanes. */
function normalTail(
  lane: LaneAssembler,
  x: LaneNumber,
): LaneWords & { readonly n: LaneBits; readonly erfcx: LaneNumber } {
  const y = lane.multiply(x, rootHalf)
  const yError = productError(lane, x, lane.constant(rootHalf), y)
  const yLow = lane.add(yError, lane.multiply(x, rootHalfLow))
  const { high: erfcx, low } = scaledErfc(lane, y)
  const derivative = lane.subtract(lane.multiply(lane.multiply(2, y), erfcx), twoOverRootPi)
  const erfcxLow = lane.add(low, lane.multiply(derivative, yLow))
  const square = lane.multiply(x, x)
  const squareLow = lane.multiply(-0.5, productError(lane, x, x, square))
  const power = expTwoWords(lane, lane.multiply(-0.5, square), squareLow)
  const high = lane.multiply(erfcx, power.high)
  const cross = lane.add(lane.multiply(erfcxLow, power.high), lane.multiply(erfcx, power.low))
  const n = lane.addBits(lane.bitsOf(power.shifted), -1n)
  return { high, low: lane.add(productError(lane, erfcx, power.high, high), cross), n, erfcx }
}

export function normalCdf(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  return lane.branch(
    lane.less(magnitude, 0.7072),
    () => {
      const words = normalCentre(lane, x)
      const sum = lane.add(0.5, words.high)
      return lane.add(sum, lane.add(lane.add(lane.subtract(0.5, sum), words.high), words.low))
    },
    () => {
      const { high, low, n } = normalTail(lane, lane.atMost(magnitude, 38.6))
      const value = scaleWide(lane, lane.add(high, low), n)
      const orZero = lane.select(lane.less(38.6, magnitude), 0, value)
      return lane.select(lane.less(0, x), lane.subtract(1, orZero), orZero)
    },
  )
}

export function normalQuantile(lane: LaneAssembler, p: LaneNumber): LaneNumber {
  const q = lane.subtract(p, 0.5)
  const size = lane.absolute(q)
  const value = lane.branch(
    lane.lessEqual(size, 0.2603),
    () => {
      const x = centralEstimate(lane, q)
      const words = normalCentre(lane, x)
      const h = lane.multiply(lane.multiply(0.5, x), x)
      const cubic = lane.add(0.5, lane.multiply(h, 0.16666666666666666))
      const growth = lane.add(1, lane.multiply(h, lane.add(1, lane.multiply(h, cubic))))
      const residual = lane.subtract(lane.subtract(q, words.high), words.low)
      return lane.add(x, lane.multiply(lane.multiply(residual, rootTwoPi), growth))
    },
    () => outerQuantile(lane, p, q, size),
  )
  return lane.select(lane.and(lane.lessEqual(0, p), lane.lessEqual(p, 1)), value, NaN)
}

function outerQuantile(lane: LaneAssembler, p: LaneNumber, q: LaneNumber, size: LaneNumber): LaneNumber {
  const outside = lane.select(lane.less(q, 0), p, lane.subtract(1, p))
  const x = lane.branch(
    lane.lessEqual(size, 0.425),
    () => centralEstimate(lane, size),
    () => tailEstimate(lane, outside),
  )
  const { high, low, n, erfcx } = normalTail(lane, x)
  const scaled = scaleWide(lane, outside, lane.subtractBits(lane.bitsOf(lane.constant(0)), n))
  const excess = lane.add(lane.subtract(high, scaled), low)
  const value = lane.add(x, lane.multiply(lane.divide(excess, high), lane.multiply(erfcx, rootHalfPi)))
  return withSign(lane, lane.select(lane.equal(outside, 0), Infinity, value), q)
}

function centralEstimate(lane: LaneAssembler, q: LaneNumber): LaneNumber {
  const z = lane.subtract(0.180625, lane.multiply(q, q))
  const numerator = lane.multiply(q, lane.polynomial(centralRatio.numerator, z))
  return lane.divide(numerator, lane.polynomial(centralRatio.denominator, z))
}

function tailEstimate(lane: LaneAssembler, outside: LaneNumber): LaneNumber {
  const root = lane.squareRoot(lane.negate(lane.call('log', outside)))
  const ratio = ({ numerator, denominator }: typeof middle | typeof tail, centre: number): LaneNumber => {
    const z = lane.subtract(root, centre)
    return lane.divide(lane.polynomial(numerator, z), lane.polynomial(denominator, z))
  }
  return lane.branch(
    lane.lessEqual(root, 5),
    () => ratio(middle, 1.6),
    () => ratio(tail, 5),
  )
}
