import type { Algebra } from './algebra.ts'
import type { NodeId } from './graph.ts'
import { Operation } from './operation.ts'
import { divideTangent, scaleTangent, sumTangents } from './scale-tangent.ts'
import { specialDerivatives } from './special-derivatives.ts'
import { specialFunction } from './special-functions.ts'

/**
 * How the derivatives of a node's arguments (undefined where zero by structure) make its own.
 *
 * Conventions where a derivative does not exist: abs has slope +1 at 0; min and max take the first argument on a tie;
 * floor, ceiling, trunc, comparisons and logical operators have slope 0. The slope of sqrt and of a power below 1 is
 * infinite at 0 and taken as 0 there: states and their sensitivities start at 0 in many models, and one infinite entry of
 * a Jacobian ends a run that goes on well beside it. ∂(u^p)/∂p is 0 at u = 0. A choice stays a select of derivatives, never a product with 0 or 1, so that an
 * infinite factor cannot spoil the branch not taken.
 */
export function partialDerivatives(
  algebra: Algebra,
  node: NodeId,
): (a: NodeId | undefined, b: NodeId | undefined) => NodeId | undefined {
  const { builder } = algebra
  const u = builder.argument(node, 0)
  const operation = builder.operation(node)
  switch (operation) {
    case Operation.add:
      return (a, b) => (a === undefined ? b : b === undefined ? a : algebra.add(a, b))
    case Operation.subtract:
      return (a, b) => (b === undefined ? a : a === undefined ? algebra.negate(b) : algebra.subtract(a, b))
    case Operation.negate:
      return (a) => a && algebra.negate(a)
    case Operation.multiply: {
      const v = builder.argument(node, 1)
      return (a, b) => sumTangents(algebra, a && scaleTangent(algebra, v, a), b && scaleTangent(algebra, u, b))
    }
    case Operation.divide: {
      // (u' - (u/v) v') / v
      const v = builder.argument(node, 1)
      return (a, b) => {
        const fall = b && scaleTangent(algebra, node, b)
        const numerator = fall === undefined ? a : a === undefined ? algebra.negate(fall) : algebra.subtract(a, fall)
        return numerator && divideTangent(algebra, numerator, v)
      }
    }
    case Operation.power: {
      const p = builder.argument(node, 1)
      return (a, b) =>
        sumTangents(
          algebra,
          a && scaleTangent(algebra, powerSlope(algebra, u, p), a),
          b && powerByExponent(algebra, node, b),
        )
    }
    case Operation.min:
    case Operation.max: {
      const v = builder.argument(node, 1)
      const first = operation === Operation.min ? algebra.lessEqual(u, v) : algebra.lessEqual(v, u)
      return (a, b) => algebra.select(first, a ?? algebra.zero, b ?? algebra.zero)
    }
    case Operation.abs:
      return (a) => a && algebra.select(algebra.less(u, algebra.zero), algebra.negate(a), a)
    default: {
      if (specialFunction(operation) !== undefined) return specialDerivatives(algebra, node)
      const slope = slopeOf(algebra, operation, node, u)
      return (a) => a && slope && scaleTangent(algebra, slope, a)
    }
  }
}

/** ∂(u^p)/∂u = p u^(p-1). At u = 0 it is 1 for p = 1, else 0: also where it is infinite, see above. */
function powerSlope(algebra: Algebra, u: NodeId, p: NodeId): NodeId {
  const slope = algebra.multiply(p, algebra.power(u, algebra.subtract(p, algebra.one)))
  const exponent = algebra.builder.valueOf(p)
  if (exponent !== undefined && exponent >= 1) return slope
  return algebra.select(algebra.equal(u, algebra.zero), algebra.equal(p, algebra.one), slope)
}

/** p'·u^p·log u, and 0 at u = 0 where the logarithm is infinite. */
function powerByExponent(algebra: Algebra, power: NodeId, tangent: NodeId): NodeId {
  const u = algebra.builder.argument(power, 0)
  const slope = algebra.multiply(power, algebra.unary(Operation.log, u))
  return algebra.select(algebra.equal(u, algebra.zero), algebra.zero, scaleTangent(algebra, slope, tangent))
}

/** d(node)/du of a function of one argument; undefined where it is 0 everywhere. */
function slopeOf(algebra: Algebra, operation: Operation, node: NodeId, u: NodeId): NodeId | undefined {
  const { one } = algebra
  const constant = (value: number) => algebra.constant(value)
  const square = (x: NodeId) => algebra.multiply(x, x)
  switch (operation) {
    case Operation.exp:
      return node
    case Operation.expm1:
      return algebra.add(node, one)
    case Operation.log:
      return algebra.divide(one, u)
    case Operation.log1p:
      return algebra.divide(one, algebra.add(one, u))
    case Operation.log10:
      return algebra.divide(one, algebra.multiply(u, constant(Math.LN10)))
    case Operation.log2:
      return algebra.divide(one, algebra.multiply(u, constant(Math.LN2)))
    case Operation.sqrt:
      return algebra.select(algebra.equal(u, algebra.zero), algebra.zero, algebra.divide(constant(0.5), node))
    case Operation.sin:
      return algebra.unary(Operation.cos, u)
    case Operation.cos:
      return algebra.negate(algebra.unary(Operation.sin, u))
    case Operation.tan:
      return algebra.add(one, square(node))
    case Operation.sinh:
      return algebra.unary(Operation.cosh, u)
    case Operation.cosh:
      return algebra.unary(Operation.sinh, u)
    case Operation.tanh: {
      // 1 − tanh² has no digits in the tails, 1/cosh² overflows in its own slope
      const double = algebra.multiply(constant(2), u)
      const share = algebra.unary(Operation.expit, double)
      const rest = algebra.unary(Operation.expit, algebra.negate(double))
      return algebra.multiply(constant(4), algebra.multiply(share, rest))
    }
    case Operation.asin:
      return algebra.divide(one, rootOfRest(algebra, u))
    case Operation.acos:
      return algebra.divide(constant(-1), rootOfRest(algebra, u))
    case Operation.atan:
      return algebra.divide(one, algebra.add(one, square(u)))
    case Operation.expit:
      return algebra.multiply(node, algebra.unary(Operation.expit, algebra.negate(u)))
    case Operation.logit:
      return algebra.divide(one, algebra.multiply(u, algebra.subtract(one, u)))
    default:
      return undefined
  }
}

/** √(1 - u²) */
function rootOfRest(algebra: Algebra, u: NodeId): NodeId {
  const { one } = algebra
  const product = algebra.multiply(algebra.subtract(one, u), algebra.add(one, u))
  return algebra.unary(Operation.sqrt, product)
}
