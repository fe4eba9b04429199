import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import { formula } from './formula.ts'
import { alias, defaulted, fixed, type LanguageFunctions, operation } from './language-function.ts'

const gamma = operation(Operation.gamma, '(x)', 'gamma function Γ(x)')
const lgamma = operation(Operation.lgamma, '(x)', 'log |Γ(x)|')
const lgamma1p = operation(Operation.lgamma1p, '(x)', 'log Γ(1 + x), accurate for small x')

/** Gamma and beta functions, their logarithms, derivatives, incomplete forms and inverses. */
export const gammaFamily: LanguageFunctions = {
  gamma,
  gammafn: alias('gamma', gamma),
  lgamma,
  lgammafn: alias('lgamma', lgamma),
  loggamma: alias('lgamma', lgamma),
  lgamma1p,
  factorial: fixed('(x)', 'x! = Γ(x + 1)', (algebra, x) =>
    algebra.unary(Operation.gamma, algebra.add(x ?? algebra.zero, algebra.one)),
  ),
  lfactorial: alias('lgamma1p', lgamma1p),
  digamma: operation(Operation.digamma, '(x)', 'slope of log Γ(x)'),
  trigamma: operation(Operation.trigamma, '(x)', 'second derivative of log Γ(x)'),
  tetragamma: fixed('(x)', 'third derivative of log Γ(x)', (algebra, x) => polygamma(algebra, algebra.constant(2), x)),
  pentagamma: fixed('(x)', 'fourth derivative of log Γ(x)', (algebra, x) => polygamma(algebra, algebra.constant(3), x)),
  polygamma: fixed('(n, x)', 'derivative of order n of digamma at x', polygamma),
  psigamma: defaulted('(x, n = 0)', 'derivative of order n of digamma at x', [0], (algebra, x, n) =>
    polygamma(algebra, n, x),
  ),
  lbeta: operation(Operation.lbeta, '(a, b)', 'logarithm of the beta function of a and b'),
  beta: fixed('(a, b)', 'beta function Γ(a) Γ(b)/Γ(a + b)', (algebra, a, b) =>
    beta(algebra, a ?? algebra.zero, b ?? algebra.zero),
  ),
  choose: operation(Operation.choose, '(n, k)', 'binomial coefficient, k rounded to a whole number'),
  lchoose: fixed('(n, k)', 'logarithm of the binomial coefficient', (algebra, n, k) =>
    lchoose(algebra, n ?? algebra.zero, k ?? algebra.zero),
  ),
  gammap: operation(Operation.gammaP, '(a, x)', 'regularized lower incomplete gamma function P(a, x)'),
  gammaq: operation(Operation.gammaQ, '(a, x)', 'regularized upper incomplete gamma function Q(a, x) = 1 − P(a, x)'),
  gammapDer: operation(Operation.gammaDensity, '(a, x)', 'slope of P(a, x) by x'),
  lowergamma: fixed('(a, x)', 'lower incomplete gamma function γ(a, x)', (algebra, a, x) =>
    timesGamma(algebra, Operation.gammaP, a, x),
  ),
  uppergamma: fixed('(a, x)', 'upper incomplete gamma function Γ(a, x)', (algebra, a, x) =>
    timesGamma(algebra, Operation.gammaQ, a, x),
  ),
  gammapInv: operation(Operation.gammaPInverse, '(a, p)', 'x with P(a, x) = p'),
  gammaqInv: operation(Operation.gammaQInverse, '(a, q)', 'x with Q(a, x) = q'),
  gammapInva: operation(Operation.gammaPInverseA, '(x, p)', 'a with P(a, x) = p'),
  gammaqInva: operation(Operation.gammaQInverseA, '(x, q)', 'a with Q(a, x) = q'),
}

function polygamma(algebra: Algebra, n: NodeId = algebra.zero, x: NodeId = algebra.zero): NodeId {
  if (algebra.isConstant(n, 0)) return algebra.unary(Operation.digamma, x)
  if (algebra.isConstant(n, 1)) return algebra.unary(Operation.trigamma, x)
  return algebra.call(Operation.polygamma, n, x)
}

/** By gamma functions, which keep their digits, while none overflows. */
function beta(algebra: Algebra, a: NodeId, b: NodeId): NodeId {
  const { over, product, exp, lbeta } = formula(algebra)
  const gamma = (x: NodeId) => algebra.unary(Operation.gamma, x)
  const all = algebra.add(a, b)
  const isSmall = algebra.less(all, algebra.constant(150))
  return algebra.select(isSmall, product(over(gamma(a), gamma(all)), gamma(b)), exp(lbeta(a, b)))
}

/** −log(n + 1) − log B(n − k + 1, k + 1). */
export function lchoose(algebra: Algebra, n: NodeId, k: NodeId): NodeId {
  const { one } = algebra
  const { sum, minus, negative, log1p, lbeta } = formula(algebra)
  return minus(negative(log1p(n)), lbeta(sum(minus(n, k), one), sum(k, one)))
}

function timesGamma(algebra: Algebra, share: Operation, a: NodeId = algebra.zero, x: NodeId = algebra.zero): NodeId {
  return algebra.multiply(algebra.call(share, a, x), algebra.unary(Operation.gamma, a))
}
