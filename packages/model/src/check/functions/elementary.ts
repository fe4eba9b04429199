import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import { alias, defaulted, fixed, folded, type LanguageFunctions, operation } from './language-function.ts'

const ceiling = operation(Operation.ceil, '(x)', 'smallest whole number not below x')
const absolute = operation(Operation.abs, '(x)', 'absolute value of x')
const log = operation(Operation.log, '(x)', 'natural logarithm of x')
const smallest = folded('smallest of the arguments', (algebra, a, b) => algebra.min(a, b))
const largest = folded('largest of the arguments', (algebra, a, b) => algebra.max(a, b))
const sinPi = operation(Operation.sinPi, '(x)', 'sin(π x), exactly 0 at whole numbers')
const cosPi = operation(Operation.cosPi, '(x)', 'cos(π x), exactly 0 midway between whole numbers')
const power = fixed('(base, exponent)', 'base to the power of exponent', (algebra, base, exponent) =>
  algebra.power(base ?? algebra.zero, exponent ?? algebra.one),
)
const wholePower = fixed('(base, n)', 'base to the power of a whole number n', (algebra, base, n) =>
  algebra.power(base ?? algebra.zero, algebra.unary(Operation.trunc, n ?? algebra.one)),
)
const expit = defaulted(
  '(x, low = 0, high = 1)',
  'logistic curve of x onto (low, high)',
  [0, 1],
  (algebra, x, low, high) => between(algebra, algebra.unary(Operation.expit, x ?? algebra.zero), low, high),
)

/** low + (high − low) share: from a share onto an interval. */
export function between(
  algebra: Algebra,
  share: NodeId,
  low: NodeId = algebra.zero,
  high: NodeId = algebra.one,
): NodeId {
  return algebra.add(low, algebra.multiply(algebra.subtract(high, low), share))
}

/** (p − low)/(high − low), the inverse of `between`. */
export function shareOf(
  algebra: Algebra,
  p: NodeId = algebra.zero,
  low: NodeId = algebra.zero,
  high: NodeId = algebra.one,
): NodeId {
  return algebra.divide(algebra.subtract(p, low), algebra.subtract(high, low))
}

/** Powers, exponentials, logarithms, trigonometric and hyperbolic functions, choices. */
export const elementary: LanguageFunctions = {
  exp: operation(Operation.exp, '(x)', 'e to the power of x'),
  expm1: operation(Operation.expm1, '(x)', 'e^x − 1, accurate for small x'),
  log,
  ln: alias('log', log),
  log10: operation(Operation.log10, '(x)', 'logarithm of x to base 10'),
  log2: operation(Operation.log2, '(x)', 'logarithm of x to base 2'),
  log1p: operation(Operation.log1p, '(x)', 'log(1 + x), accurate for small x'),
  log1pexp: operation(Operation.log1pexp, '(x)', 'log(1 + e^x) without overflow'),
  log1mexp: fixed('(x)', 'log(1 − e^−x) for x > 0', (algebra, x) => log1mexp(algebra, x ?? algebra.zero)),
  log1pmx: operation(Operation.log1pmx, '(x)', 'log(1 + x) − x, accurate for small x'),
  logspace_add: fixed('(lx, ly)', 'log(e^lx + e^ly) without overflow', (algebra, a, b) =>
    logSum(algebra, a ?? algebra.zero, b ?? algebra.zero),
  ),
  logspace_sub: fixed('(lx, ly)', 'log(e^lx − e^ly) without overflow', (algebra, lx, ly) => {
    const [a, b] = [lx ?? algebra.zero, ly ?? algebra.zero]
    return algebra.add(a, log1mexp(algebra, algebra.subtract(a, b)))
  }),
  sqrt: operation(Operation.sqrt, '(x)', 'square root of x'),
  pow: power,
  R_pow: alias('pow', power),
  Rx_pow: alias('pow', power),
  R_pow_di: wholePower,
  Rx_pow_di: alias('R_pow_di', wholePower),
  abs: absolute,
  fabs: alias('abs', absolute),
  abs0: alias('abs', absolute),
  sin: operation(Operation.sin, '(x)', 'sine of x radians'),
  cos: operation(Operation.cos, '(x)', 'cosine of x radians'),
  tan: operation(Operation.tan, '(x)', 'tangent of x radians'),
  sinpi: sinPi,
  cospi: cosPi,
  tanpi: fixed('(x)', 'tan(π x)', (algebra, x) =>
    algebra.divide(
      algebra.unary(Operation.sinPi, x ?? algebra.zero),
      algebra.unary(Operation.cosPi, x ?? algebra.zero),
    ),
  ),
  asin: operation(Operation.asin, '(x)', 'angle in [−π/2, π/2] whose sine is x'),
  acos: operation(Operation.acos, '(x)', 'angle in [0, π] whose cosine is x'),
  atan: operation(Operation.atan, '(x)', 'angle in (−π/2, π/2) whose tangent is x'),
  atan2: operation(Operation.atan2, '(y, x)', 'angle in [−π, π] of the point (x, y)'),
  sinh: operation(Operation.sinh, '(x)', 'hyperbolic sine of x'),
  cosh: operation(Operation.cosh, '(x)', 'hyperbolic cosine of x'),
  tanh: operation(Operation.tanh, '(x)', 'hyperbolic tangent of x'),
  asinh: operation(Operation.asinh, '(x)', 'number whose hyperbolic sine is x'),
  acosh: operation(Operation.acosh, '(x)', 'number ≥ 0 whose hyperbolic cosine is x'),
  atanh: operation(Operation.atanh, '(x)', 'number whose hyperbolic tangent is x'),
  expit,
  invLogit: alias('expit', expit),
  logitInv: alias('expit', expit),
  logit: defaulted(
    '(p, low = 0, high = 1)',
    'log odds of p within (low, high), the inverse of expit',
    [0, 1],
    (algebra, p, low, high) => algebra.unary(Operation.logit, shareOf(algebra, p, low, high)),
  ),
  min: smallest,
  max: largest,
  fmin2: fixed('(a, b)', 'smaller of a and b', (algebra, a, b) => algebra.min(a ?? algebra.zero, b ?? algebra.zero)),
  fmax2: fixed('(a, b)', 'larger of a and b', (algebra, a, b) => algebra.max(a ?? algebra.zero, b ?? algebra.zero)),
  imin2: fixed('(a, b)', 'smaller of a and b without their fractions', (algebra, a, b) =>
    algebra.min(whole(algebra, a), whole(algebra, b)),
  ),
  imax2: fixed('(a, b)', 'larger of a and b without their fractions', (algebra, a, b) =>
    algebra.max(whole(algebra, a), whole(algebra, b)),
  ),
  sum: folded('sum of the arguments', (algebra, a, b) => algebra.add(a, b)),
  prod: folded('product of the arguments', (algebra, a, b) => algebra.multiply(a, b)),
  ceiling,
  ceil: alias('ceiling', ceiling),
  floor: operation(Operation.floor, '(x)', 'largest whole number not above x'),
  trunc: operation(Operation.trunc, '(x)', 'x without its fraction'),
  ifelse: fixed('(condition, yes, no)', 'yes where the condition holds, else no', (algebra, condition, yes, no) =>
    algebra.select(condition ?? algebra.zero, yes ?? algebra.zero, no ?? algebra.zero),
  ),
}

function whole(algebra: Algebra, a: NodeId = algebra.zero): NodeId {
  return algebra.unary(Operation.trunc, a)
}

/** M. Mächler, "Accurately computing log(1 − exp(−|a|))", 2012: each of the two forms where it keeps its digits. */
function log1mexp(algebra: Algebra, x: NodeId): NodeId {
  const minus = algebra.negate(x)
  const near = algebra.unary(Operation.log, algebra.negate(algebra.unary(Operation.expm1, minus)))
  const far = algebra.unary(Operation.log1p, algebra.negate(algebra.unary(Operation.exp, minus)))
  return algebra.select(algebra.lessEqual(x, algebra.constant(Math.LN2)), near, far)
}

/** The larger one plus log(1 + e^(−difference)); both −Infinity give that. */
function logSum(algebra: Algebra, a: NodeId, b: NodeId): NodeId {
  const isFirst = algebra.lessEqual(b, a)
  const over = (large: NodeId, small: NodeId) =>
    algebra.add(large, algebra.unary(Operation.log1pexp, algebra.subtract(small, large)))
  const value = algebra.select(isFirst, over(a, b), over(b, a))
  return algebra.select(algebra.equal(a, b), algebra.add(a, algebra.constant(Math.LN2)), value)
}
