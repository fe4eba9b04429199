import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { BinaryOperator, Expression, ExpressionNode } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { didYouMean } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { compare, type Switches } from './compare.ts'
import { functions } from './functions.ts'

/** What an expression means where it stands: how its names are looked up. */
export interface Meaning {
  readonly algebra: Algebra
  readonly switches: Switches
  readonly diagnostics: Diagnostics
  /** The value of a name; reports an unknown one and gives `NaN`. */
  readonly name: (name: string, at: Extent) => NodeId
  /** The value of d/dt(name). */
  readonly derivative: (name: string, at: Extent) => NodeId
  /** Calls that the caller reads itself, such as `c(…)` of `ini`. */
  readonly ownCalls?: ReadonlySet<string>
}

/** Puts an expression into the graph. */
export function lowerExpression(expression: Expression, meaning: Meaning): NodeId {
  return lowerEach(expression, meaning).at(-1) ?? meaning.algebra.constant(Number.NaN)
}

/** The graph node of every node of the expression. */
export function lowerEach(expression: Expression, meaning: Meaning): NodeId[] {
  const unknown = meaning.algebra.constant(Number.NaN)
  const values: NodeId[] = []
  for (const node of expression) values.push(lowerNode(node, values, unknown, meaning))
  return values
}

/** `unknown` stands for a value that could not be had. */
function lowerNode(node: ExpressionNode, values: readonly NodeId[], unknown: NodeId, meaning: Meaning): NodeId {
  const { algebra } = meaning
  switch (node.kind) {
    case 'number':
      return algebra.constant(node.value)
    case 'string':
      meaning.diagnostics.error(node.at, `The string ${quote(node.value)} is no number; expressions are of numbers.`)
      return unknown
    case 'name': {
      const value = namedConstants.get(node.name)
      return value === undefined ? meaning.name(node.name, node.at) : algebra.constant(value)
    }
    case 'derivative':
      return meaning.derivative(node.name, node.at)
    case 'unary': {
      const argument = values[node.argument] ?? unknown
      if (node.operator === '-') return algebra.negate(argument)
      return node.operator === '+' ? argument : algebra.not(argument)
    }
    case 'binary':
      return lowerBinary(meaning, node.operator, values[node.left] ?? unknown, values[node.right] ?? unknown)
    case 'call': {
      if (meaning.ownCalls?.has(node.name)) return unknown
      return lowerCall(
        node.name,
        node.at,
        node.arguments.map((argument) => values[argument] ?? unknown),
        meaning,
      )
    }
  }
}

/** Names with a fixed value. */
export const namedConstants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['M_PI', Math.PI],
  ['Inf', Number.POSITIVE_INFINITY],
  ['TRUE', 1],
  ['FALSE', 0],
])

function lowerBinary({ algebra, switches }: Meaning, operator: BinaryOperator, a: NodeId, b: NodeId): NodeId {
  switch (operator) {
    case '+':
      return algebra.add(a, b)
    case '-':
      return algebra.subtract(a, b)
    case '*':
      return algebra.multiply(a, b)
    case '/':
      return algebra.divide(a, b)
    case '^':
      return algebra.power(a, b)
    case '&':
      return algebra.and(a, b)
    case '|':
      return algebra.or(a, b)
    default:
      return compare(algebra, switches, a, operator, b)
  }
}

/** Functions of rxode2 that are known by name and not supported yet. */
const unsupportedFunctions: ReadonlySet<string> = new Set(
  (
    'linCmt tad tad0 tafd tlast dosenum diff first last is.nan is.na is.finite transit solve lgamma gamma digamma ' +
    'factorial lfactorial beta lbeta choose erf erfc phi pnorm qnorm probit probitInv round sign ' +
    'rnorm rxnorm runif rxunif rexp rpois rbinom rbeta rgamma rweibull rt rchisq rgeom rcauchy simeps simeta ' +
    'logistic sum prod asinh acosh atanh gammap gammaq lowergamma uppergamma atan2'
  ).split(' '),
)

function lowerCall(name: string, at: Extent, operands: readonly NodeId[], meaning: Meaning): NodeId {
  const { algebra, diagnostics } = meaning
  const unknown = algebra.constant(Number.NaN)
  const found = functions.get(name)
  if (found === undefined) {
    const nameOnly = { offset: at.offset, length: name.length }
    diagnostics.error(
      nameOnly,
      unsupportedFunctions.has(name)
        ? `The function ${quote(name)} is not supported yet.`
        : `There is no function ${quote(name)}.${didYouMean(name, functions.keys())}`,
    )
    return unknown
  }
  if (operands.length < found.least || operands.length > found.most) {
    const given = `${operands.length} argument${operands.length === 1 ? '' : 's'}`
    diagnostics.error(at, `${quote(name)} is given ${given}; expected ${name}${found.signature}.`)
    return unknown
  }
  return found.build(algebra, operands)
}

/** A number written down: `0.5`, `-3`, `Inf`, `TRUE`; undefined for every other expression. */
export function literalValue(expression: Expression): number | undefined {
  const [first, second] = expression
  if (first === undefined || expression.length > 2) return undefined
  const value =
    first.kind === 'number' ? first.value : first.kind === 'name' ? namedConstants.get(first.name) : undefined
  if (value === undefined || second === undefined) return value
  if (second.kind !== 'unary' || second.operator === '!') return undefined
  return second.operator === '-' ? -value : value
}
