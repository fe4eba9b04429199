import type { Algebra } from '../../graph/algebra.ts'
import type { NodeId } from '../../graph/graph.ts'
import { Operation } from '../../graph/operation.ts'
import { type Formula, formula } from './formula.ts'
import { fixed, type LanguageFunction, type LanguageFunctions } from './language-function.ts'

/** 1/√(2π) */
const densityAtZero = 0.3989422804014327

/** G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter, "Self-normalizing neural networks", 2017. */
const seluAlpha = 1.6732632423543772
const seluScale = 1.0507009873554805

const leak = 0.01

type Write = (x: NodeId, formula: Formula, algebra: Algebra) => NodeId

function ofX(summary: string, write: Write): LanguageFunction {
  return fixed('(x)', summary, (algebra, x) => write(x ?? algebra.zero, formula(algebra), algebra))
}

/** `above` for x > 0, else `below`. */
function parts(
  summary: string,
  above: (x: NodeId, algebra: Algebra) => NodeId,
  below: (x: NodeId, formula: Formula, algebra: Algebra) => NodeId,
): LanguageFunction {
  return ofX(summary, (x, f, algebra) =>
    algebra.select(algebra.less(algebra.zero, x), above(x, algebra), below(x, f, algebra)),
  )
}

/** The same with a parameter alpha. */
function partsOfAlpha(
  summary: string,
  above: (x: NodeId, algebra: Algebra) => NodeId,
  below: (x: NodeId, alpha: NodeId, formula: Formula, algebra: Algebra) => NodeId,
): LanguageFunction {
  return fixed('(x, alpha)', summary, (algebra, first, second) => {
    const [x, alpha] = [first ?? algebra.zero, second ?? algebra.one]
    return algebra.select(algebra.less(algebra.zero, x), above(x, algebra), below(x, alpha, formula(algebra), algebra))
  })
}

const self = (x: NodeId): NodeId => x
const one = (_: NodeId, algebra: Algebra): NodeId => algebra.one
const zero = (_: NodeId, algebra: Algebra): NodeId => algebra.zero
const expm1 = (x: NodeId, algebra: Algebra): NodeId => algebra.unary(Operation.expm1, x)

/** Activation functions of networks, and their derivatives (d by x, a by alpha). */
export const activation: LanguageFunctions = {
  ReLU: parts('x for x > 0, else 0', self, (x, _, algebra) => zero(x, algebra)),
  dReLU: parts('slope of ReLU', one, (x, _, algebra) => zero(x, algebra)),
  lReLU: parts('x for x > 0, else 0.01 x', self, (x, f) => f.product(f.number(leak), x)),
  dlReLU: parts('slope of lReLU', one, (_, f) => f.number(leak)),
  PReLU: partsOfAlpha('x for x > 0, else alpha x', self, (x, alpha, f) => f.product(alpha, x)),
  dPReLU: partsOfAlpha('slope of PReLU by x', one, (_, alpha) => alpha),
  dPReLUa: partsOfAlpha('slope of PReLU by alpha', zero, self),
  dPReLUa1: partsOfAlpha('slope of PReLU by alpha and x', zero, (x, _, __, algebra) => one(x, algebra)),
  d2PReLU: partsOfAlpha('second derivative of PReLU by x: 0', zero, (x, _, __, algebra) => zero(x, algebra)),
  ELU: partsOfAlpha('x for x > 0, else alpha (e^x − 1)', self, (x, alpha, f, algebra) =>
    f.product(alpha, expm1(x, algebra)),
  ),
  dELU: partsOfAlpha('slope of ELU by x', one, (x, alpha, f) => f.product(alpha, f.exp(x))),
  d2ELU: partsOfAlpha('second derivative of ELU by x', zero, (x, alpha, f) => f.product(alpha, f.exp(x))),
  d2aELU: partsOfAlpha('slope of dELU by alpha', zero, (x, _, f) => f.exp(x)),
  dELUa: partsOfAlpha('slope of ELU by alpha', zero, (x, _, __, algebra) => expm1(x, algebra)),
  d2ELUa: partsOfAlpha('slope of dELUa by x', zero, (x, _, f) => f.exp(x)),
  SELU: parts(
    'scaled exponential linear unit',
    (x, algebra) => algebra.multiply(algebra.constant(seluScale), x),
    (x, f, algebra) => f.product(f.number(seluScale * seluAlpha), expm1(x, algebra)),
  ),
  dSELU: parts(
    'slope of SELU',
    (_, algebra) => algebra.constant(seluScale),
    (x, f) => f.product(f.number(seluScale * seluAlpha), f.exp(x)),
  ),
  GELU: ofX('x Φ(x)', (x, f, algebra) => f.product(x, algebra.unary(Operation.normalCdf, x))),
  dGELU: ofX('slope of GELU', (x, f, algebra) =>
    f.sum(algebra.unary(Operation.normalCdf, x), f.product(x, density(x, f))),
  ),
  d2GELU: ofX('second derivative of GELU', (x, f) => f.product(f.minus(f.number(2), f.square(x)), density(x, f))),
  d3GELU: ofX('third derivative of GELU', (x, f) => f.product(x, f.minus(f.square(x), f.number(4)), density(x, f))),
  d4GELU: ofX('fourth derivative of GELU', (x, f) => {
    const square = f.square(x)
    return f.product(f.minus(f.product(square, f.minus(f.number(7), square)), f.number(4)), density(x, f))
  }),
  softplus: ofX('log(1 + e^x)', (x, _, algebra) => algebra.unary(Operation.log1pexp, x)),
  dsoftplus: ofX('slope of softplus', (x, _, algebra) => algebra.unary(Operation.expit, x)),
  d2softplus: ofX('second derivative of softplus', (x, f, algebra) => logisticSpread(x, f, algebra)),
  d3softplus: ofX('third derivative of softplus', (x, f, algebra) => {
    const asymmetry = algebra.negate(algebra.unary(Operation.tanh, f.half(x)))
    return f.product(logisticSpread(x, f, algebra), asymmetry)
  }),
  d4softplus: ofX('fourth derivative of softplus', (x, f, algebra) => {
    const spread = logisticSpread(x, f, algebra)
    return f.product(spread, f.minus(algebra.one, f.product(f.number(6), spread)))
  }),
  Swish: ofX('x expit(x)', (x, f, algebra) => f.product(x, algebra.unary(Operation.expit, x))),
  dSwish: ofX('slope of Swish', (x, f, algebra) =>
    f.sum(algebra.unary(Operation.expit, x), f.product(x, logisticSpread(x, f, algebra))),
  ),
}

/** e^(−x²/2)/√(2π) */
function density(x: NodeId, f: Formula): NodeId {
  return f.product(f.number(densityAtZero), f.exp(f.negative(f.half(f.square(x)))))
}

/** expit(x) expit(−x) */
function logisticSpread(x: NodeId, f: Formula, algebra: Algebra): NodeId {
  return f.product(algebra.unary(Operation.expit, x), algebra.unary(Operation.expit, f.negative(x)))
}
