import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Operation } from '../graph/operation.ts'

/** A function of the language: how many arguments it takes and what it becomes in the graph. */
export interface LanguageFunction {
  readonly least: number
  readonly most: number
  /** Its arguments as a message shows them. */
  readonly signature: string
  readonly build: (algebra: Algebra, operands: readonly NodeId[]) => NodeId
}

function unary(operation: Operation): LanguageFunction {
  return { least: 1, most: 1, signature: '(x)', build: (algebra, [x = algebra.zero]) => algebra.unary(operation, x) }
}

function folded(combine: (algebra: Algebra, a: NodeId, b: NodeId) => NodeId): LanguageFunction {
  return {
    least: 1,
    most: Number.POSITIVE_INFINITY,
    signature: '(a, b, …)',
    build: (algebra, [first = algebra.zero, ...rest]) => rest.reduce((a, b) => combine(algebra, a, b), first),
  }
}

/** expit(x) or expit(x, low, high): the logistic curve onto (low, high). */
const expit: LanguageFunction = {
  least: 1,
  most: 3,
  signature: '(x), (x, low) or (x, low, high)',
  build: (algebra, [x = algebra.zero, low = algebra.zero, high = algebra.one]) =>
    algebra.add(low, algebra.multiply(algebra.subtract(high, low), algebra.unary(Operation.expit, x))),
}

/** logit(p) or logit(p, low, high), the inverse of expit. */
const logit: LanguageFunction = {
  least: 1,
  most: 3,
  signature: '(p), (p, low) or (p, low, high)',
  build: (algebra, [p = algebra.zero, low = algebra.zero, high = algebra.one]) =>
    algebra.unary(Operation.logit, algebra.divide(algebra.subtract(p, low), algebra.subtract(high, low))),
}

/** The functions a model may call, by name: those with fixed bits and an exact derivative. */
export const functions: ReadonlyMap<string, LanguageFunction> = new Map<string, LanguageFunction>([
  ['exp', unary(Operation.exp)],
  ['log', unary(Operation.log)],
  ['ln', unary(Operation.log)],
  ['log10', unary(Operation.log10)],
  ['log2', unary(Operation.log2)],
  ['log1p', unary(Operation.log1p)],
  ['expm1', unary(Operation.expm1)],
  ['sqrt', unary(Operation.sqrt)],
  ['abs', unary(Operation.abs)],
  ['fabs', unary(Operation.abs)],
  ['floor', unary(Operation.floor)],
  ['ceiling', unary(Operation.ceil)],
  ['ceil', unary(Operation.ceil)],
  ['trunc', unary(Operation.trunc)],
  ['sin', unary(Operation.sin)],
  ['cos', unary(Operation.cos)],
  ['tan', unary(Operation.tan)],
  ['sinh', unary(Operation.sinh)],
  ['cosh', unary(Operation.cosh)],
  ['tanh', unary(Operation.tanh)],
  ['asin', unary(Operation.asin)],
  ['acos', unary(Operation.acos)],
  ['atan', unary(Operation.atan)],
  ['expit', expit],
  ['logit', logit],
  ['min', folded((algebra, a, b) => algebra.min(a, b))],
  ['max', folded((algebra, a, b) => algebra.max(a, b))],
  [
    'pow',
    {
      least: 2,
      most: 2,
      signature: '(base, exponent)',
      build: (algebra, [base = algebra.zero, exponent = algebra.one]) => algebra.power(base, exponent),
    },
  ],
  [
    'ifelse',
    {
      least: 3,
      most: 3,
      signature: '(condition, yes, no)',
      build: (algebra, [condition = algebra.zero, yes = algebra.zero, no = algebra.zero]) =>
        algebra.select(condition, yes, no),
    },
  ],
])
