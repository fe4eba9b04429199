import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import { defaulted, type LanguageFunctions, operation } from './language-function.ts'

/** Bessel functions of orders nu ≥ 0, to be fitted through x alone. */
export const bessel: LanguageFunctions = {
  bessel_j: operation(Operation.besselJ, '(x, nu)', 'Bessel function of the first kind, of order nu'),
  bessel_y: operation(Operation.besselY, '(x, nu)', 'Bessel function of the second kind, of order nu'),
  bessel_i: defaulted(
    '(x, nu, expo = 1)',
    'modified Bessel function of the first kind; times e^−x for expo = 2',
    [1],
    (algebra, x, nu, expo) => scaled(algebra, Operation.besselIScaled, x, nu, expo, 1),
  ),
  bessel_k: defaulted(
    '(x, nu, expo = 1)',
    'modified Bessel function of the second kind; times e^x for expo = 2',
    [1],
    (algebra, x, nu, expo) => scaled(algebra, Operation.besselKScaled, x, nu, expo, -1),
  ),
}

/** The scaled function for expo = 2, else times e^x or e^−x. */
function scaled(
  algebra: Algebra,
  code: Operation,
  x: NodeId = algebra.zero,
  nu: NodeId = algebra.zero,
  expo: NodeId = algebra.one,
  direction: 1 | -1 = 1,
): NodeId {
  const value = algebra.call(code, x, nu)
  const power = algebra.unary(Operation.exp, direction === 1 ? x : algebra.negate(x))
  return algebra.select(algebra.equal(expo, algebra.constant(2)), value, algebra.multiply(power, value))
}
