import type { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import type { BinaryOperator, Expression, ExpressionNode } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { compare, type Switches } from './compare.ts'
import { buildTransit, type DoseInputs, doseFunctions } from './dose-functions.ts'
import { modulo } from './functions/rounding.ts'
import { functions } from './functions.ts'
import { namedConstants } from './named-constants.ts'

/** What an expression means where it stands: how its names are looked up. */
export interface Meaning {
  readonly algebra: Algebra
  readonly switches: Switches
  readonly diagnostics: Diagnostics
  /** The value of a name; reports an unknown one and gives `NaN`. */
  readonly name: (name: string, at: Extent) => NodeId
  /** The value of d/dt(name). */
  readonly derivative: (name: string, at: Extent) => NodeId
  /** The code of a text with which a name is compared; absent where texts have no meaning. */
  readonly level?: (name: string, text: string, at: Extent) => number
  /** The value of `linCmt()`; absent where there is none. */
  readonly linear?: (at: Extent) => NodeId
  /** The doses given so far; absent where there are none to speak of. */
  readonly doses?: DoseMeaning
}

/** What functions of doses mean where an expression stands. */
export interface DoseMeaning {
  readonly inputs: DoseInputs
  /** The index of a state; reports a name that is none. */
  readonly state: (name: string, at: Extent) => number | undefined
  /** The state whose d/dt is being given: where the doses of `transit()` go. */
  readonly target: number | undefined
}

/** Puts an expression into the graph. */
export function lowerExpression(expression: Expression, meaning: Meaning): NodeId {
  return lowerEach(expression, meaning).at(-1) ?? meaning.algebra.constant(Number.NaN)
}

/** The graph node of every node of the expression. */
export function lowerEach(expression: Expression, meaning: Meaning): NodeId[] {
  const unknown = meaning.algebra.constant(Number.NaN)
  const values: NodeId[] = []
  const special = specialNodes(expression, meaning)
  expression.forEach((node, index) => {
    const build = special.get(index)
    values.push(build === undefined ? lowerNode(node, values, unknown, meaning) : build(values))
  })
  return values
}

type Build = (values: readonly NodeId[]) => NodeId

/** Nodes whose operands are no values: states in functions of doses, texts in comparisons. */
function specialNodes(expression: Expression, meaning: Meaning): ReadonlyMap<number, Build> {
  const special = new Map<number, Build>()
  const unknown: Build = () => meaning.algebra.constant(Number.NaN)
  expression.forEach((node, index) => {
    if (node.kind === 'call' && meaning.doses !== undefined) {
      const { doses, algebra } = meaning
      if (node.name === 'linCmt' && meaning.linear !== undefined) {
        const { linear } = meaning
        special.set(index, () => linear(node.at))
        for (const argument of node.arguments) special.set(argument, unknown)
        return
      }
      if (node.name === 'transit') {
        special.set(index, (values) => lowerTransit(node, values, meaning, doses))
        return
      }
      const found = doseFunctions.get(node.name)
      if (found === undefined) return
      const [argument, more] = node.arguments.map((place) => ({ place, node: expression[place] }))
      if (argument !== undefined) special.set(argument.place, unknown)
      special.set(index, () => {
        if (more !== undefined || (argument !== undefined && argument.node?.kind !== 'name')) {
          meaning.diagnostics.error(node.at, `${quote(node.name)} takes the name of a state or nothing.`)
          return unknown([])
        }
        const name = argument?.node?.kind === 'name' ? argument.node : undefined
        const state = name === undefined ? undefined : doses.state(name.name, name.at)
        if (name !== undefined && state === undefined) return unknown([])
        return found.build(algebra, doses.inputs, state)
      })
    } else if (node.kind === 'binary' && (node.operator === '==' || node.operator === '!=')) {
      const { operator } = node
      const sides = [node.left, node.right].map((place) => ({ place, node: expression[place] }))
      const text = sides.find((side) => side.node?.kind === 'string')
      const name = sides.find((side) => side.node?.kind === 'name')
      if (text?.node?.kind !== 'string' || name?.node?.kind !== 'name' || meaning.level === undefined) return
      const { level, algebra } = meaning
      const { value, at } = text.node
      const compared = name.node.name
      special.set(text.place, unknown)
      special.set(index, (values) => {
        const code = algebra.constant(level(compared, value, at))
        const known = values[name.place] ?? unknown(values)
        return operator === '==' ? algebra.equal(known, code) : algebra.notEqual(known, code)
      })
    }
  })
  return special
}

function lowerTransit(
  node: Extract<ExpressionNode, { kind: 'call' }>,
  values: readonly NodeId[],
  { algebra, diagnostics }: Meaning,
  doses: DoseMeaning,
): NodeId {
  const unknown = algebra.constant(Number.NaN)
  const operands = node.arguments.map((argument) => values[argument] ?? unknown)
  if (operands.length < 2 || operands.length > 3) {
    const given = `${operands.length} argument${operands.length === 1 ? '' : 's'}`
    diagnostics.error(
      node.at,
      `${quote(node.name)} is given ${given}; expected transit(n, mtt) or transit(n, mtt, bio).`,
    )
    return unknown
  }
  return buildTransit(algebra, doses.inputs, doses.target, operands)
}

/** One node, from the values of its operands; `unknown` stands for a value that could not be had. */
export function lowerNode(node: ExpressionNode, values: readonly NodeId[], unknown: NodeId, meaning: Meaning): NodeId {
  const { algebra } = meaning
  switch (node.kind) {
    case 'number':
      return algebra.constant(node.value)
    case 'string':
      meaning.diagnostics.error(
        node.at,
        `The text ${quote(node.value)} is no number; texts are compared with names, as in SEX == "female".`,
      )
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
    case 'call':
      return lowerCall(
        node.name,
        node.at,
        node.arguments.map((argument) => values[argument] ?? unknown),
        meaning,
      )
  }
}

function lowerBinary({ algebra, switches, doses }: Meaning, operator: BinaryOperator, a: NodeId, b: NodeId): NodeId {
  switch (operator) {
    case '+':
      return algebra.add(a, b)
    case '-':
      return algebra.subtract(a, b)
    case '*':
      return algebra.multiply(a, b)
    case '/':
      return algebra.divide(a, b)
    case '%%':
      return modulo(algebra, a, b)
    case '^':
      return algebra.power(a, b)
    case '&':
      return algebra.and(a, b)
    case '|':
      return algebra.or(a, b)
    default:
      return compare(algebra, switches, a, operator, b, doses && ((node) => doses.inputs.isOfDoses(node)))
  }
}

/** Functions of rxode2 that are known by name and not supported yet. */
export const unsupportedFunctions: ReadonlySet<string> = new Set(
  (
    'lag lead shift diff first last solve mix rxTBS rxTBSi rxTBSd rxTBSd2 simeps simeta rxord ' +
    'rnorm rxnorm rxnormV rinorm runif rxunif riunif rexp rxexp riexp rpois rxpois ripois rbinom rxbinom ribinom rbeta rxbeta ' +
    'ribeta rgamma rxgamma rigamma rweibull rxweibull riweibull rt rxt rit rchisq rxchisq richisq rgeom rxgeom rigeom rcauchy ' +
    'rxcauchy ricauchy rf rxf rif'
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
        : `There is no function ${quote(name)}.${diagnostics.didYouMean(name, functions.keys())}`,
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
