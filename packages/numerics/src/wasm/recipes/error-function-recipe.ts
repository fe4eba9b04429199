import { errorFunctionCoefficients } from '../../error-function-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { expTwoWords } from './exp-two-words-recipe.ts'
import { type LaneWords, productError, withSign } from './lane-words.ts'
import { scaleWide } from './power-of-two-recipe.ts'

const { head, erf: erfCoefficients, erfcx } = errorFunctionCoefficients

/** scaledErfc in lanes. */
export function scaledErfc(lane: LaneAssembler, x: LaneNumber): LaneWords {
  const series = lane.polynomial(erfcx, lane.divide(lane.subtract(x, 2), lane.add(x, 2)))
  const numerator = lane.add(1.25, series)
  const numeratorLow = lane.add(lane.subtract(1.25, numerator), series)
  const twice = lane.multiply(2, x)
  const denominator = lane.add(1, twice)
  const denominatorLow = lane.add(lane.subtract(twice, denominator), 1)
  const high = lane.divide(numerator, denominator)
  const product = lane.multiply(high, denominator)
  const exact = lane.subtract(numerator, product)
  const remainder = lane.subtract(exact, productError(lane, high, denominator, product))
  const rest = lane.add(remainder, lane.subtract(numeratorLow, lane.multiply(high, denominatorLow)))
  return { high, low: lane.divide(rest, denominator) }
}

/** erfcTail in lanes. */
function erfcTail(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const quotient = scaledErfc(lane, x)
  const square = lane.multiply(x, x)
  const power = expTwoWords(lane, lane.negate(square), lane.negate(productError(lane, x, x, square)))
  const low = lane.add(lane.multiply(quotient.low, power.high), lane.multiply(quotient.high, power.low))
  const value = lane.add(lane.multiply(quotient.high, power.high), low)
  return scaleWide(lane, value, lane.bitsOf(power.shifted))
}

function erfCentre(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const z = lane.multiply(x, x)
  const factor = lane.add(head, lane.multiply(z, lane.polynomial(erfCoefficients, z)))
  return lane.add(x, lane.multiply(x, factor))
}

export function erf(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  return lane.branch(
    lane.less(magnitude, 0.5),
    () => erfCentre(lane, x),
    () => {
      const tail = lane.subtract(1, erfcTail(lane, lane.atMost(magnitude, 6)))
      const value = withSign(lane, lane.select(lane.less(magnitude, 6), tail, 1), x)
      return lane.select(lane.equal(x, x), value, NaN)
    },
  )
}

export function erfc(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  return lane.branch(
    lane.less(magnitude, 0.5),
    () => lane.subtract(1, erfCentre(lane, x)),
    () => {
      const tail = erfcTail(lane, lane.atMost(magnitude, 27.3))
      const orZero = lane.select(lane.less(27.3, magnitude), 0, tail)
      return lane.select(lane.less(0, x), orZero, lane.subtract(2, orZero))
    },
  )
}
