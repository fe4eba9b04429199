import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'

/** What formulas are written with: the operations of an algebra under short names, sums and products of any length. */
export interface Formula {
  readonly number: (value: number) => NodeId
  readonly sum: (first: NodeId, ...rest: readonly NodeId[]) => NodeId
  readonly product: (first: NodeId, ...rest: readonly NodeId[]) => NodeId
  readonly minus: (a: NodeId, b: NodeId) => NodeId
  readonly over: (a: NodeId, b: NodeId) => NodeId
  readonly negative: (a: NodeId) => NodeId
  readonly square: (a: NodeId) => NodeId
  readonly half: (a: NodeId) => NodeId
  readonly exp: (a: NodeId) => NodeId
  readonly log: (a: NodeId) => NodeId
  readonly log1p: (a: NodeId) => NodeId
  readonly digamma: (a: NodeId) => NodeId
  readonly lgamma: (a: NodeId) => NodeId
  readonly lbeta: (a: NodeId, b: NodeId) => NodeId
  /** x log y, and 0 for x = 0 whatever y is. */
  readonly xlogy: (x: NodeId, y: NodeId) => NodeId
  /** x log(1 + y), and 0 for x = 0. */
  readonly xlog1py: (x: NodeId, y: NodeId) => NodeId
}

export function formula(algebra: Algebra): Formula {
  const { zero } = algebra
  const unary = (operation: Operation) => (a: NodeId) => algebra.call(operation, a)
  const log = unary(Operation.log)
  const log1p = unary(Operation.log1p)
  const unlessZero = (x: NodeId, value: NodeId) => algebra.select(algebra.equal(x, zero), zero, value)
  return {
    number: (value) => algebra.constant(value),
    sum: (first, ...rest) => rest.reduce((a, b) => algebra.add(a, b), first),
    product: (first, ...rest) => rest.reduce((a, b) => algebra.multiply(a, b), first),
    minus: (a, b) => algebra.subtract(a, b),
    over: (a, b) => algebra.divide(a, b),
    negative: (a) => algebra.negate(a),
    square: (a) => algebra.multiply(a, a),
    half: (a) => algebra.multiply(algebra.constant(0.5), a),
    exp: unary(Operation.exp),
    log,
    log1p,
    digamma: unary(Operation.digamma),
    lgamma: unary(Operation.lgamma),
    lbeta: (a, b) => algebra.call(Operation.lbeta, a, b),
    xlogy: (x, y) => unlessZero(x, algebra.multiply(x, log(y))),
    xlog1py: (x, y) => unlessZero(x, algebra.multiply(x, log1p(y))),
  }
}
