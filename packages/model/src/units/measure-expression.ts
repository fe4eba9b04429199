import type { Expression, ExpressionNode } from '../syntax/syntax.ts'
import type { Extent } from '../text/source-text.ts'
import {
  clashOf,
  either,
  exponentialOf,
  logarithmOf,
  type Measure,
  measureOf,
  negative,
  plain,
  product,
  quotient,
  raised,
  sum,
  unknown,
} from './measure.ts'
import { isDimensionless, type Unit } from './unit.ts'

/** What names mean, and who is told of clashes. */
export interface Surroundings {
  readonly name: (name: string) => Measure
  /** `d/dt(x)` read as a value. */
  readonly derivative: (name: string) => Measure
  readonly time: Unit
  /** Two operands that ought to have one unit. */
  readonly clash: (
    what: 'add' | 'subtract' | 'compare' | 'alternatives',
    left: Operand,
    right: Operand,
    at: Extent,
  ) => void
  /** An operand that ought to be a plain number. */
  readonly notPlain: (role: string, operand: Operand) => void
}

export interface Operand {
  readonly at: Extent
  readonly measure: Measure
}

/** Functions of plain numbers that give plain numbers. */
const numeric: ReadonlySet<string> = new Set(
  'expm1 log1p sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh logit expit probit probitInv pnorm phi erf erfc gamma lgamma lgamma1p digamma trigamma factorial lfactorial invLogit'.split(
    ' ',
  ),
)

/** Functions whose result has the unit of their argument. */
const keeping: ReadonlySet<string> = new Set('abs fabs floor ceil ceiling trunc round rxRound'.split(' '))

/** Times of doses. */
const times: ReadonlySet<string> = new Set('tad tad0 tafd tafd0 tlast tlast0 tfirst tfirst0'.split(' '))

/** The measure of each node of an expression, operands first. */
export function measureExpression(expression: Expression, around: Surroundings): readonly Measure[] {
  const measures: Measure[] = []
  const operand = (index: number): Operand => ({
    at: expression[index]?.at ?? { offset: 0, length: 0 },
    measure: measures[index] ?? unknown,
  })
  for (const node of expression) measures.push(measureNode(node, operand, around))
  return measures
}

function measureNode(node: ExpressionNode, operand: (index: number) => Operand, around: Surroundings): Measure {
  switch (node.kind) {
    case 'number':
      return { kind: 'number', value: node.value }
    case 'name':
      return around.name(node.name)
    case 'derivative':
      return around.derivative(node.name)
    case 'unary': {
      const { measure } = operand(node.argument)
      return node.operator === '-' ? negative(measure) : node.operator === '+' ? measure : plain
    }
    case 'binary':
      return measureBinary(node, operand(node.left), operand(node.right), around)
    case 'call':
      return measureCall(node, node.arguments.map(operand), around)
    default:
      return unknown
  }
}

function measureBinary(
  node: Extract<ExpressionNode, { kind: 'binary' }>,
  left: Operand,
  right: Operand,
  around: Surroundings,
): Measure {
  switch (node.operator) {
    case '+':
    case '-':
      if (left.measure.kind === 'unit' && clashOf(left.measure, right.measure))
        around.clash(node.operator === '+' ? 'add' : 'subtract', left, right, node.at)
      return sum(left.measure, right.measure, node.operator === '+' ? 1 : -1)
    case '*':
      return product(left.measure, right.measure)
    case '/':
      return quotient(left.measure, right.measure)
    case '^':
      return power(left, right, around)
    case '%%':
      return left.measure
    case '&':
    case '|':
      return plain
    default:
      if (clashOf(left.measure, right.measure)) around.clash('compare', left, right, node.at)
      return plain
  }
}

function power(base: Operand, exponent: Operand, around: Surroundings): Measure {
  if (exponent.measure.kind === 'number') return raised(base.measure, exponent.measure.value)
  checkPlain('The exponent', exponent, around)
  const { measure } = base
  return measure.kind === 'unit' && isDimensionless(measure.unit) ? measureOf(measure.unit, true) : unknown
}

function measureCall(
  node: Extract<ExpressionNode, { kind: 'call' }>,
  operands: readonly Operand[],
  around: Surroundings,
): Measure {
  const { name } = node
  const [first, second, third] = operands
  if (times.has(name)) return measureOf(around.time)
  if (name === 'ifelse' && second !== undefined && third !== undefined)
    return alternatives([second, third], node.at, around)
  if (first === undefined) return unknown
  if (name === 'exp') {
    checkPlain('The argument of exp', first, around)
    return exponentialOf(first.measure)
  }
  if (name === 'log' || name === 'ln') return operands.length === 1 ? logarithmOf(first.measure) : unknown
  if (name === 'sqrt') return raised(first.measure, 0.5)
  if ((name === 'pow' || name === 'R_pow' || name === 'Rx_pow') && second !== undefined)
    return power(first, second, around)
  if (name === 'min' || name === 'max') return alternatives(operands, node.at, around)
  if (keeping.has(name)) return first.measure
  if (numeric.has(name) && operands.length === 1) {
    checkPlain(`The argument of ${name}`, first, around)
    return plain
  }
  return unknown
}

/** Values of which one is chosen; the first clash is reported. */
function alternatives(operands: readonly Operand[], at: Extent, around: Surroundings): Measure {
  let chosen = operands[0]
  for (const next of operands.slice(1)) {
    if (chosen === undefined) break
    if (clashOf(chosen.measure, next.measure)) around.clash('alternatives', chosen, next, at)
    const measure = either(chosen.measure, next.measure)
    chosen = { at: chosen.measure.kind === 'number' ? next.at : chosen.at, measure }
  }
  return chosen?.measure ?? unknown
}

function checkPlain(role: string, operand: Operand, around: Surroundings): void {
  if (operand.measure.kind === 'unit') around.notPlain(role, operand)
}
