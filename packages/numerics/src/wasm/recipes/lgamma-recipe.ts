import { lgammaCoefficients } from '../../lgamma-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { type LaneWords, productError } from './lane-words.ts'
import { logTwoWords, logTwoWordsNormal } from './log-recipe.ts'

const { nearOne, nearOneAndAHalf, nearTwo, shift, stirling } = lgammaCoefficients

export function lgamma(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const value = lane.branch(
    lane.less(x, 8),
    () =>
      lane.branch(
        lane.less(x, 0.75),
        () =>
          lane.branch(
            lane.less(x, -0.25),
            () => reflected(lane, x),
            () => belowOne(lane, x),
          ),
        () => upToEight(lane, x),
      ),
    () => asymptotic(lane, x),
  )
  const isPole = lane.or(lane.equal(x, 0), lane.less(x, -1e15))
  return lane.select(isPole, Infinity, lane.select(lane.less(x, Infinity), value, x))
}

/** ln |Γ(x)| for x < −1/4. */
function reflected(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const sine = lane.absolute(lane.multiply(x, lane.call('sinPi', x)))
  // no lane calls itself for ever: also those that are not meant get a positive argument
  return lane.subtract(lane.call('log', lane.divide(Math.PI, sine)), lane.call('lgamma', lane.absolute(x)))
}

function belowOne(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const near = lane.multiply(x, lane.polynomial(nearOne, x))
  const farther = lane.add(-0.125, lane.polynomial(nearOneAndAHalf, lane.subtract(x, 0.5)))
  const above = lane.select(lane.lessEqual(x, 0.25), near, farther)
  const log = logTwoWords(lane, lane.absolute(x))
  return lane.subtract(lane.subtract(above, log.low), log.high)
}

function upToEight(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const fromOne = lane.subtract(x, 1)
  return lane.branch(
    lane.less(x, 1.25),
    () => lane.add(0, lane.multiply(fromOne, lane.polynomial(nearOne, fromOne))),
    () =>
      lane.branch(
        lane.less(x, 2.5),
        () => nearTwoOrBelow(lane, x),
        () => {
          let y = fromOne
          let product = fromOne
          // x < 8: five steps down to below 2.5 at most
          for (let step = 0; step < 5; step++) {
            const high = lane.lessEqual(2.5, y)
            y = lane.select(high, lane.subtract(y, 1), y)
            product = lane.select(high, lane.multiply(product, y), product)
          }
          const log = logTwoWordsNormal(lane, product)
          return lane.add(log.high, lane.add(log.low, nearTwoOrBelow(lane, y)))
        },
      ),
  )
}

/** ln Γ(x) for x in [1.25, 2.5]. */
function nearTwoOrBelow(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const fromTwo = lane.subtract(x, 2)
  const upper = lane.multiply(fromTwo, lane.polynomial(nearTwo, fromTwo))
  const lower = lane.add(-0.125, lane.polynomial(nearOneAndAHalf, lane.subtract(x, 1.5)))
  return lane.select(lane.less(x, 1.75), lower, upper)
}

function asymptotic(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const { high, low } = lgammaAsymptotic(lane, x)
  const huge = lane.multiply(x, lane.subtract(lane.call('log', x), 1))
  return lane.select(lane.less(1e17, x), huge, lane.add(high, low))
}

/** lgammaAsymptotic in lanes. */
export function lgammaAsymptotic(lane: LaneAssembler, x: LaneNumber): LaneWords {
  const log = logTwoWordsNormal(lane, x)
  const a = lane.subtract(x, 0.5)
  const b = lane.subtract(log.high, 1)
  const bLow = lane.add(lane.subtract(lane.subtract(log.high, b), 1), log.low)
  const high = lane.multiply(a, b)
  const correction = lane.divide(lane.polynomial(stirling, lane.divide(1, lane.multiply(x, x))), x)
  const error = lane.add(productError(lane, a, b, high), lane.multiply(a, bLow))
  return { high, low: lane.add(lane.add(error, correction), shift) }
}
