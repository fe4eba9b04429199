import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'

/** The argument below which the series takes over, and its terms: the remainder is below 2^-57. */
const seriesUntil = 1 / 16
const terms = 9

/** What is left of 1 after a time at a rate constant, exp(-rate passed). */
export function decay(algebra: Algebra, rate: NodeId, passed: NodeId): NodeId {
  return algebra.unary(Operation.exp, algebra.negate(algebra.multiply(rate, passed)))
}

/** What is left of an inflow of 1: the integral of exp(-rate s) for s from 0 to `passed`, where the rate is 0, too. */
export function gathered(algebra: Algebra, rate: NodeId, passed: NodeId): NodeId {
  const fallen = algebra.subtract(algebra.one, decay(algebra, rate, passed))
  return quotient(algebra, fallen, rate, passed, passed)
}

/**
 * What is left of 1 that enters at one rate constant and leaves at another: (exp(-a t) − exp(-b t))/(b − a), also where
 * the two are equal.
 *
 * H. Bateman, Proc. Cambridge Philos. Soc. 15:423–427, 1910.
 */
export function passedOn(algebra: Algebra, a: NodeId, b: NodeId, passed: NodeId): NodeId {
  const isSlower = algebra.less(a, b)
  const difference = algebra.subtract(b, a)
  const distance = algebra.select(isSlower, difference, algebra.negate(difference))
  const [left, right] = [decay(algebra, a, passed), decay(algebra, b, passed)]
  const slower = algebra.select(isSlower, left, right)
  const fallen = algebra.subtract(slower, algebra.select(isSlower, right, left))
  return quotient(algebra, fallen, distance, passed, algebra.multiply(passed, slower))
}

/**
 * `fallen`/rate with `fallen` a multiple of 1 − exp(-rate passed); where little has fallen `atFirst`, its limit, times the
 * series of (1 − exp(-x))/x, so that values and their derivatives keep their digits.
 */
function quotient(algebra: Algebra, fallen: NodeId, rate: NodeId, passed: NodeId, atFirst: NodeId): NodeId {
  const x = algebra.multiply(rate, passed)
  // no comparison, since nothing happens where the one takes over from the other, and no step has to end there
  const isLarge = algebra.unary(Operation.trunc, algebra.multiply(algebra.constant(1 / seriesUntil), x))
  return algebra.select(isLarge, algebra.divide(fallen, rate), algebra.multiply(atFirst, seriesAt(algebra, x)))
}

/** 1 − x/2! + x²/3! − … */
function seriesAt(algebra: Algebra, x: NodeId): NodeId {
  let factor = 1
  const coefficients = Array.from({ length: terms }, (_, k) => {
    factor /= k === 0 ? 1 : -(k + 1)
    return factor
  })
  return coefficients.reduceRight<NodeId>(
    (sum, coefficient) => algebra.add(algebra.constant(coefficient), algebra.multiply(x, sum)),
    algebra.zero,
  )
}
