import type { Algebra } from './algebra.ts'
import type { NodeId } from './graph.ts'
import { Operation } from './operation.ts'
import { scaleTangent, sumTangents } from './scale-tangent.ts'

/** The slope by one argument, made when it is wanted; undefined where it is 0 everywhere. */
type Slope = () => NodeId | undefined

const none: Slope = () => undefined

/**
 * How the derivatives of a special function's arguments make its own, as `partialDerivatives`; of a function of three
 * arguments the first is a number, and a and b are those of the other two.
 *
 * Orders (of polygamma, of derivatives) and the lower index of a binomial coefficient are whole numbers: slope 0. The
 * slope of a Bessel function by its order has no closed form: NaN, so that no fit takes it for a number.
 */
export function specialDerivatives(
  algebra: Algebra,
  node: NodeId,
): (a: NodeId | undefined, b: NodeId | undefined) => NodeId | undefined {
  const [byFirst, bySecond = none] = slopesOf(algebra, node)
  const part = (slope: Slope, tangent: NodeId | undefined): NodeId | undefined => {
    const factor = tangent === undefined ? undefined : slope()
    return tangent && factor && scaleTangent(algebra, factor, tangent)
  }
  return (a, b) => sumTangents(algebra, part(byFirst, a), part(bySecond, b))
}

function slopesOf(algebra: Algebra, node: NodeId): readonly [Slope, Slope?] {
  const { builder, one, zero } = algebra
  const u = builder.argument(node, 0)
  const v = builder.argument(node, 1)
  const constant = (value: number) => algebra.constant(value)
  const square = (x: NodeId) => algebra.multiply(x, x)
  const divide = (a: NodeId, b: NodeId) => algebra.divide(a, b)
  const exp = (x: NodeId) => algebra.unary(Operation.exp, x)
  const digamma = (x: NodeId) => algebra.unary(Operation.digamma, x)
  const density = (a: NodeId, x: NodeId) => algebra.call(Operation.gammaDensity, a, x)
  const shapeSlope = (a: NodeId, x: NodeId) => algebra.call(Operation.gammaPSlope, one, a, x)
  switch (builder.operation(node)) {
    case Operation.lgamma:
      return [() => digamma(u)]
    case Operation.digamma:
      return [() => algebra.unary(Operation.trigamma, u)]
    case Operation.trigamma:
      return [() => algebra.call(Operation.polygamma, constant(2), u)]
    case Operation.gamma:
      return [() => algebra.multiply(node, digamma(u))]
    case Operation.lgamma1p:
      return [() => digamma(algebra.add(one, u))]
    case Operation.erf:
      return [() => algebra.multiply(constant(2 / rootPi), exp(algebra.negate(square(u))))]
    case Operation.erfc:
      return [() => algebra.multiply(constant(-2 / rootPi), exp(algebra.negate(square(u))))]
    case Operation.normalCdf:
      return [() => normalDensity(algebra, u)]
    case Operation.normalQuantile:
      return [() => algebra.multiply(constant(1 / densityAtZero), exp(algebra.multiply(constant(0.5), square(node))))]
    case Operation.asinh:
      return [() => divide(one, algebra.unary(Operation.sqrt, algebra.add(one, square(u))))]
    case Operation.acosh:
      return [() => divide(one, algebra.unary(Operation.sqrt, differenceOfSquares(algebra, u, one)))]
    case Operation.atanh:
      return [() => divide(one, differenceOfSquares(algebra, one, u))]
    case Operation.sinPi:
      return [() => algebra.multiply(constant(Math.PI), algebra.unary(Operation.cosPi, u))]
    case Operation.cosPi:
      return [() => algebra.multiply(constant(-Math.PI), algebra.unary(Operation.sinPi, u))]
    case Operation.log1pexp:
      return [() => algebra.unary(Operation.expit, u)]
    case Operation.log1pmx:
      return [() => algebra.negate(divide(u, algebra.add(one, u)))]
    case Operation.atan2: {
      const size = () => algebra.add(square(u), square(v))
      return [() => divide(v, size()), () => algebra.negate(divide(u, size()))]
    }
    case Operation.modulo:
      return [() => one, () => algebra.negate(algebra.unary(Operation.floor, divide(u, v)))]
    case Operation.polygamma:
      return [none, () => algebra.call(Operation.polygamma, algebra.add(u, one), v)]
    case Operation.erfInverse:
      return [() => algebra.multiply(constant(0.5 * rootPi), exp(square(node)))]
    case Operation.lbeta: {
      const all = () => digamma(algebra.add(u, v))
      return [() => algebra.subtract(digamma(u), all()), () => algebra.subtract(digamma(v), all())]
    }
    case Operation.choose:
      return [() => algebra.multiply(node, chooseLogSlope(algebra, u, v))]
    case Operation.gammaP:
      return [() => shapeSlope(u, v), () => density(u, v)]
    case Operation.gammaQ:
      return [() => algebra.negate(shapeSlope(u, v)), () => algebra.negate(density(u, v))]
    case Operation.gammaDensity:
      return [
        () => algebra.select(algebra.equal(v, zero), zero, shapeSlopeOfDensity(algebra, 1, u, v)),
        () => argumentSlopeOfDensity(algebra, node, u, v),
      ]
    case Operation.gammaPSlope: {
      const order = builder.valueOf(u) ?? Number.NaN
      const x = builder.argument(node, 2)
      return [
        () => algebra.call(Operation.gammaPSlope, constant(order + 1), v, x),
        () => algebra.select(algebra.equal(x, zero), zero, shapeSlopeOfDensity(algebra, order, v, x)),
      ]
    }
    case Operation.gammaPInverse:
      return [() => algebra.negate(divide(shapeSlope(u, node), density(u, node))), () => divide(one, density(u, node))]
    case Operation.gammaQInverse:
      return [
        () => algebra.negate(divide(shapeSlope(u, node), density(u, node))),
        () => divide(constant(-1), density(u, node)),
      ]
    case Operation.gammaPInverseA:
      return [
        () => algebra.negate(divide(density(node, u), shapeSlope(node, u))),
        () => divide(one, shapeSlope(node, u)),
      ]
    case Operation.gammaQInverseA:
      return [
        () => algebra.negate(divide(density(node, u), shapeSlope(node, u))),
        () => divide(constant(-1), shapeSlope(node, u)),
      ]
    case Operation.besselJ:
    case Operation.besselY:
    case Operation.besselIScaled:
    case Operation.besselKScaled:
      return [() => besselSlope(algebra, node, u, v), () => constant(Number.NaN)]
    default:
      throw new Error(`no derivative for operation ${builder.operation(node)}`)
  }
}

const rootPi = 1.772453850905516
/** 1/√(2π) */
const densityAtZero = 0.3989422804014327

function normalDensity(algebra: Algebra, x: NodeId): NodeId {
  const exponent = algebra.multiply(algebra.constant(-0.5), algebra.multiply(x, x))
  return algebra.multiply(algebra.constant(densityAtZero), algebra.unary(Operation.exp, exponent))
}

/** a² − b² without cancellation. */
function differenceOfSquares(algebra: Algebra, a: NodeId, b: NodeId): NodeId {
  return algebra.multiply(algebra.subtract(a, b), algebra.add(a, b))
}

/** ∂ ln choose(n, k)/∂n = ψ(n + 1) − ψ(n − k + 1). */
function chooseLogSlope(algebra: Algebra, n: NodeId, k: NodeId): NodeId {
  const whole = algebra.unary(Operation.floor, algebra.add(k, algebra.constant(0.5)))
  const above = algebra.add(n, algebra.one)
  return algebra.subtract(
    algebra.unary(Operation.digamma, above),
    algebra.unary(Operation.digamma, algebra.subtract(above, whole)),
  )
}

/**
 * ∂ⁿg/∂aⁿ of the gamma density g(a, x), x > 0: with L = ∂ ln g/∂a = ln x − ψ(a), g⁽ⁿ⁾ = Σ_j C(n−1, j) g⁽ʲ⁾ L⁽ⁿ⁻¹⁻ʲ⁾.
 */
function shapeSlopeOfDensity(algebra: Algebra, order: number, a: NodeId, x: NodeId): NodeId {
  const logarithmic = (n: number): NodeId =>
    n === 0
      ? algebra.subtract(algebra.unary(Operation.log, x), algebra.unary(Operation.digamma, a))
      : algebra.negate(
          n === 1 ? algebra.unary(Operation.trigamma, a) : algebra.call(Operation.polygamma, algebra.constant(n), a),
        )
  const derivatives = [algebra.call(Operation.gammaDensity, a, x)]
  for (let n = 1; n <= order; n++) {
    let sum: NodeId | undefined
    let binomial = 1
    for (let j = 0; j < n; j++) {
      const product = algebra.multiply(derivatives[j] ?? algebra.zero, logarithmic(n - 1 - j))
      const term = algebra.multiply(algebra.constant(binomial), product)
      sum = sum === undefined ? term : algebra.add(sum, term)
      binomial = (binomial * (n - 1 - j)) / (j + 1)
    }
    derivatives.push(sum ?? algebra.zero)
  }
  return derivatives[order] ?? algebra.constant(Number.NaN)
}

/** ∂g/∂x = g(a − 1, x) − g(a, x), which holds at x = 0 too; by the logarithm for a <= 1. */
function argumentSlopeOfDensity(algebra: Algebra, density: NodeId, a: NodeId, x: NodeId): NodeId {
  const { one } = algebra
  const lower = algebra.subtract(a, one)
  const above = algebra.subtract(algebra.call(Operation.gammaDensity, lower, x), density)
  const below = algebra.multiply(density, algebra.subtract(algebra.divide(lower, x), one))
  const others = algebra.select(algebra.less(one, a), above, below)
  return algebra.select(algebra.equal(a, one), algebra.negate(density), others)
}

/**
 * By x: from the orders beside ν, or below order 1 from ν/x and the order above, so that no order is negative. J and Y
 * have the slope (C(ν−1) − C(ν+1))/2, I the sum in place of the difference, K that with a minus; e^∓x of the scaled ones
 * adds the function itself.
 */
function besselSlope(algebra: Algebra, node: NodeId, x: NodeId, order: NodeId): NodeId {
  const { one, zero } = algebra
  const operation = algebra.builder.operation(node)
  const at = (n: NodeId) => algebra.call(operation, x, n)
  const above = at(algebra.add(order, one))
  const below = algebra.subtract(order, one)
  const half = (value: NodeId) => algebra.multiply(algebra.constant(0.5), value)
  if (operation === Operation.besselKScaled) {
    const beside = half(algebra.add(at(algebra.unary(Operation.abs, below)), above))
    return algebra.subtract(node, beside)
  }
  const isModified = operation === Operation.besselIScaled
  const besides = isModified ? algebra.add(at(below), above) : algebra.subtract(at(below), above)
  const signed = isModified ? above : algebra.negate(above)
  const fromAbove = algebra.add(algebra.multiply(algebra.divide(order, x), node), signed)
  const low = algebra.select(algebra.equal(order, zero), signed, fromAbove)
  const slope = algebra.select(algebra.lessEqual(one, order), half(besides), low)
  return isModified ? algebra.subtract(slope, node) : slope
}
