import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'

/** Terms of the series below 1/2: the remainder is below 2^-60. */
const terms = 15

/**
 * The mean of exp(-s) for s from 0 to x: (1 − exp(-x))/x, and its series where x is small, with derivatives that keep their
 * digits there, too.
 */
export function meanDecay(algebra: Algebra, x: NodeId): NodeId {
  let series = algebra.zero
  let coefficient = 1
  const coefficients = Array.from({ length: terms }, (_, k) => {
    coefficient /= k === 0 ? 1 : -(k + 1)
    return coefficient
  })
  for (const value of coefficients.reverse()) {
    series = algebra.add(algebra.constant(value), algebra.multiply(x, series))
  }
  const fallen = algebra.negate(algebra.unary(Operation.expm1, algebra.negate(x)))
  // no comparison, since nothing happens where the one takes over from the other, and no step has to end there
  const isLarge = algebra.unary(Operation.trunc, algebra.add(x, x))
  return algebra.select(isLarge, algebra.divide(fallen, x), series)
}
