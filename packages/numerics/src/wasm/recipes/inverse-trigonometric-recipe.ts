import { inverseTrigonometricCoefficients } from '../../inverse-trigonometric-coefficients.ts'
import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber, Operand } from '../lane-value.ts'
import { upperHalf, withSign } from './lane-words.ts'

const { asin: asinCoefficients, atan: atanCoefficients, atanPoints } = inverseTrigonometricCoefficients
const [half, one, oneAndAHalf, infinity] = atanPoints

const halfPi = 1.5707963267948966
const halfPiLow = 6.123233995736766e-17

function asinKernel(lane: LaneAssembler, z: LaneNumber): LaneNumber {
  return lane.multiply(z, lane.polynomial(asinCoefficients, z))
}

/** √z as high + low. */
function rootTwoWords(lane: LaneAssembler, z: LaneNumber): { root: LaneNumber; high: LaneNumber; low: LaneNumber } {
  const root = lane.squareRoot(z)
  const high = upperHalf(lane, root)
  const low = lane.divide(lane.subtract(z, lane.multiply(high, high)), lane.add(root, high))
  return { root, high, low }
}

export function asin(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const central = lane.less(magnitude, 0.5)
  const outer = lane.multiply(0.5, lane.subtract(1, magnitude))
  const z = lane.select(central, lane.multiply(x, x), outer)
  const kernel = asinKernel(lane, z)
  const centralValue = lane.add(x, lane.multiply(x, kernel))
  const { root, high, low } = rootTwoWords(lane, outer)
  const lowOrZero = lane.select(lane.less(0, root), low, 0)
  const rest = lane.multiply(2, lane.add(lane.multiply(root, kernel), lowOrZero))
  const head = lane.subtract(halfPi, lane.multiply(2, high))
  const outerValue = withSign(lane, lane.subtract(head, lane.subtract(rest, halfPiLow)), x)
  const value = lane.select(central, centralValue, outerValue)
  const orTiny = lane.select(lane.less(magnitude, 1e-9), x, value)
  return lane.select(lane.lessEqual(magnitude, 1), orTiny, NaN)
}

export function acos(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const central = lane.less(magnitude, 0.5)
  const z = lane.select(central, lane.multiply(x, x), lane.multiply(0.5, lane.subtract(1, magnitude)))
  const kernel = asinKernel(lane, z)
  const centralRest = lane.subtract(x, lane.subtract(halfPiLow, lane.multiply(x, kernel)))
  const { root, high, low } = rootTwoWords(lane, z)
  const product = lane.multiply(root, kernel)
  const below = lane.multiply(2, lane.add(root, lane.subtract(product, halfPiLow)))
  const above = lane.multiply(2, lane.add(high, lane.add(product, low)))
  const aboveOrOne = lane.select(lane.equal(x, 1), 0, above)
  const outer = lane.select(lane.less(x, 0), lane.subtract(Math.PI, below), aboveOrOne)
  const value = lane.select(central, lane.subtract(halfPi, centralRest), outer)
  return lane.select(lane.lessEqual(magnitude, 1), value, NaN)
}

export function atan(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  const magnitude = lane.absolute(x)
  const choices = [
    {
      below: 2.4375,
      over: lane.subtract(magnitude, 1.5),
      under: lane.add(1, lane.multiply(1.5, magnitude)),
      base: oneAndAHalf,
    },
    { below: 1.1875, over: lane.subtract(magnitude, 1), under: lane.add(magnitude, 1), base: one },
    { below: 0.6875, over: lane.subtract(lane.multiply(2, magnitude), 1), under: lane.add(2, magnitude), base: half },
    { below: 0.4375, over: magnitude, under: 1, base: [0, 0] },
  ] as const
  let over: Operand = -1
  let under: Operand = magnitude
  let [base, baseLow]: readonly [Operand, Operand] = infinity
  for (const choice of choices) {
    const chosen = lane.less(magnitude, choice.below)
    over = lane.select(chosen, choice.over, over)
    under = lane.select(chosen, choice.under, under)
    base = lane.select(chosen, choice.base[0], base)
    baseLow = lane.select(chosen, choice.base[1], baseLow)
  }
  const t = lane.divide(over, under)
  const z = lane.multiply(t, t)
  const rest = lane.multiply(lane.multiply(t, z), lane.polynomial(atanCoefficients, z))
  const value = lane.add(base, lane.add(lane.add(baseLow, rest), t))
  return lane.select(lane.less(1e-9, magnitude), withSign(lane, value, x), x)
}
