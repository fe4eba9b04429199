import { digammaCoefficients } from '../../digamma-coefficients.ts'
import { lgammaCoefficients } from '../../lgamma-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { expOfSumWide } from './exp-recipe.ts'
import { lgammaAsymptotic } from './lgamma-recipe.ts'

const { root, rootLow, nearRoot, asymptotic, slopeAsymptotic } = digammaCoefficients

export function gammaFunction(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.lessEqual(8, x),
    () => {
      const { high, low } = lgammaAsymptotic(lane, lane.atMost(x, 171.7))
      const sum = lane.add(high, low)
      const value = expOfSumWide(lane, sum, lane.add(lane.subtract(high, sum), low))
      return lane.select(lane.less(171.7, x), Infinity, value)
    },
    () =>
      lane.branch(
        lane.less(x, 0.75),
        () => gammaBelowOne(lane, x),
        () => gammaUpToEight(lane, x),
      ),
  )
}

function gammaBelowOne(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const isNear = lane.less(-0.25, x)
  const sine = lane.multiply(x, lane.call('sinPi', x))
  const other = lane.call('gammaFunction', lane.select(isNear, lane.add(x, 1), lane.negate(x)))
  const reflected = lane.divide(lane.divide(Math.PI, lane.negate(sine)), other)
  const value = lane.select(isNear, lane.divide(other, x), reflected)
  return lane.select(lane.equal(lane.select(isNear, x, sine), 0), NaN, value)
}

function gammaUpToEight(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  let y = x
  let product = lane.constant(1)
  for (let step = 0; step < 6; step++) {
    const high = lane.lessEqual(2.5, y)
    y = lane.select(high, lane.subtract(y, 1), y)
    product = lane.select(high, lane.multiply(product, y), product)
  }
  return lane.multiply(product, lane.call('exp', lane.call('lgamma', y)))
}

export function lgamma1p(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.lessEqual(lane.absolute(x), 0.25),
    () => lane.add(0, lane.multiply(x, lane.polynomial(lgammaCoefficients.nearOne, x))),
    () => lane.call('lgamma', lane.add(1, x)),
  )
}

export function digamma(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.lessEqual(8, x),
    () => {
      const square = lane.divide(1, lane.multiply(x, x))
      const rest = lane.add(lane.divide(0.5, x), lane.multiply(square, lane.polynomial(asymptotic, square)))
      return lane.subtract(lane.call('log', x), rest)
    },
    () =>
      lane.branch(
        lane.less(1, x),
        () => digammaUpToEight(lane, x),
        () =>
          lane.branch(
            lane.less(0, x),
            () => lane.subtract(digammaAboutRoot(lane, lane.add(x, 1)), lane.divide(1, x)),
            () => reflectedDigamma(lane, x),
          ),
      ),
  )
}

function digammaUpToEight(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  let y = x
  let sum = lane.constant(0)
  for (let step = 0; step < 6; step++) {
    const high = lane.less(2, y)
    y = lane.select(high, lane.subtract(y, 1), y)
    sum = lane.select(high, lane.add(sum, lane.divide(1, y)), sum)
  }
  return lane.add(digammaAboutRoot(lane, y), sum)
}

/** ψ on [1, 2]. */
function digammaAboutRoot(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const fromRoot = lane.subtract(lane.subtract(x, root), rootLow)
  return lane.multiply(fromRoot, lane.polynomial(nearRoot, lane.subtract(x, 1.5)))
}

function reflectedDigamma(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const sine = lane.call('sinPi', x)
  const cotangent = lane.divide(lane.multiply(Math.PI, lane.call('cosPi', x)), sine)
  const value = lane.subtract(lane.call('digamma', mirrored(lane, x)), cotangent)
  return lane.select(lane.less(0, lane.absolute(sine)), value, NaN)
}

/** 1 − x in the lanes where x is not positive, 1 in the others, so that no lane calls itself for ever. */
function mirrored(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.select(lane.lessEqual(x, 0), lane.subtract(1, x), 1)
}

export function trigamma(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return lane.branch(
    lane.lessEqual(x, 0),
    () => {
      const quotient = lane.divide(Math.PI, lane.call('sinPi', x))
      return lane.subtract(lane.multiply(quotient, quotient), lane.call('trigamma', mirrored(lane, x)))
    },
    () => {
      let y = x
      let sum = lane.constant(0)
      for (let step = 0; step < 8; step++) {
        const low = lane.less(y, 8)
        sum = lane.select(low, lane.add(sum, lane.divide(1, lane.multiply(y, y))), sum)
        y = lane.select(low, lane.add(y, 1), y)
      }
      const inverse = lane.divide(1, y)
      const square = lane.multiply(inverse, inverse)
      const series = lane.add(0.5, lane.multiply(inverse, lane.polynomial(slopeAsymptotic, square)))
      return lane.add(sum, lane.add(inverse, lane.multiply(square, series)))
    },
  )
}
