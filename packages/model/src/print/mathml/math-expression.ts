import type { BinaryOperator, Expression, ExpressionNode } from '../../syntax/syntax.ts'
import { numberParts } from '../equations/number-parts.ts'
import { binding } from '../print-expression.ts'
import type { MathNames } from './math-names.ts'
import { applied, branch, fenced, leaf, type MathNode, row } from './math-node.ts'

const signs: Readonly<Record<Exclude<BinaryOperator, '/' | '^'>, string>> = {
  '+': '+',
  '-': '−',
  '*': '·',
  '%%': 'mod',
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  '==': '=',
  '!=': '≠',
  '&': '∧',
  '|': '∨',
}

/** Functions that mathematics calls by other names. */
const functionNames: ReadonlyMap<string, MathNode> = new Map([
  ['log', leaf('mi', 'ln')],
  ['log10', branch('msub', leaf('mi', 'log'), leaf('mn', '10'))],
  ['log2', branch('msub', leaf('mi', 'log'), leaf('mn', '2'))],
  ['asin', leaf('mi', 'arcsin')],
  ['acos', leaf('mi', 'arccos')],
  ['atan', leaf('mi', 'arctan')],
  ['gamma', leaf('mi', 'Γ')],
  ['lgamma', row(leaf('mi', 'ln'), leaf('mi', 'Γ'))],
])

/** Functions written as brackets around their argument. */
const fences: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['abs', ['|', '|']],
  ['fabs', ['|', '|']],
  ['floor', ['⌊', '⌋']],
  ['ceil', ['⌈', '⌉']],
  ['ceiling', ['⌈', '⌉']],
])

const associative: ReadonlySet<BinaryOperator> = new Set(['+', '*', '&', '|'])

const atom = 99
const product = binding['*']

interface Piece {
  readonly node: MathNode
  /** How tightly its outermost sign binds, as the page shows it: a fraction is one piece. */
  readonly binding: number
  /** Begins with a sign, so that another one must not stand before it. */
  readonly isSigned: boolean
}

const nothing: Piece = { node: row(), binding: atom, isSigned: false }

/** An expression; summands of a sum at the outermost level one by one with their signs, so that lines may break between them. */
export function mathTerms(expression: Expression, names: MathNames): readonly (readonly MathNode[])[] {
  const pieces = allPieces(expression, names)
  const terms: (readonly MathNode[])[] = []
  let index = expression.length - 1
  for (;;) {
    const node = expression[index]
    if (node?.kind !== 'binary' || (node.operator !== '+' && node.operator !== '-')) break
    const right = unsigned(pieces[node.right], node.operator === '+' ? binding['+'] : product)
    terms.push([leaf('mo', signs[node.operator]), right])
    index = node.left
  }
  terms.push([(pieces[index] ?? nothing).node])
  return terms.toReversed()
}

export function mathExpression(expression: Expression, names: MathNames): MathNode {
  return (allPieces(expression, names).at(-1) ?? nothing).node
}

function allPieces(expression: Expression, names: MathNames): readonly Piece[] {
  const pieces: Piece[] = []
  for (const node of expression) pieces.push(pieceOf(node, pieces, names))
  return pieces
}

function bracketed({ node, binding: own }: Piece = nothing, weakest: number): MathNode {
  return own < weakest ? fenced(node) : node
}

/** Likewise, and no two signs stand side by side. */
function unsigned(piece: Piece = nothing, weakest: number): MathNode {
  return bracketed(piece, piece.isSigned ? atom : weakest)
}

function pieceOf(node: ExpressionNode, pieces: readonly Piece[], names: MathNames): Piece {
  switch (node.kind) {
    case 'number':
      return mathNumber(node.value)
    case 'string':
      return piece(leaf('mtext', `“${node.value}”`), atom)
    case 'name':
      return piece(mathName(node.name, names), atom)
    case 'derivative':
      return piece(mathDerivative(node.name, names), product)
    case 'unary':
      return node.operator === '!'
        ? piece(row(leaf('mo', '¬'), bracketed(pieces[node.argument], atom)), product + 1)
        : {
            node: row(leaf('mo', signs[node.operator]), unsigned(pieces[node.argument], product)),
            binding: product,
            isSigned: true,
          }
    case 'binary':
      return mathBinary(node.operator, pieces[node.left], pieces[node.right])
    case 'call':
      return mathCall(
        node.name,
        node.arguments.map((argument) => (pieces[argument] ?? nothing).node),
        names,
      )
  }
}

function piece(node: MathNode, power: number): Piece {
  return { node, binding: power, isSigned: false }
}

function mathBinary(operator: BinaryOperator, left: Piece = nothing, right: Piece = nothing): Piece {
  if (operator === '/') return piece(branch('mfrac', left.node, right.node), product + 1)
  if (operator === '^') return piece(branch('msup', bracketed(left, atom), right.node), product + 1)
  const power = binding[operator]
  const isComparison = power === binding['<']
  const leftNeeds = isComparison ? power + 1 : power
  const a = bracketed(left, leftNeeds)
  const weakest = associative.has(operator) ? power : power + 1
  const b = power < binding['+'] ? bracketed(right, weakest) : unsigned(right, weakest)
  return {
    node: row(a, leaf('mo', signs[operator]), b),
    binding: power,
    isSigned: left.isSigned && left.binding >= leftNeeds,
  }
}

function mathCall(name: string, given: readonly MathNode[], names: MathNames): Piece {
  const [first = row(), second = row(), third = row()] = given
  const fence = fences.get(name)
  if (fence !== undefined && given.length === 1) return piece(fenced(first, ...fence), product + 1)
  if (name === 'sqrt' && given.length === 1) return piece(branch('msqrt', first), product + 1)
  if (name === 'pow' && given.length === 2) return piece(branch('msup', fenced(first), second), product + 1)
  if (name === 'ifelse') return piece(mathCases([[second, first]], third), 0)
  const called = functionNames.get(name) ?? (given.length > 0 ? leaf('mi', name) : names.of(name))
  return piece(applied(called, given), product + 1)
}

/** Values with their conditions, and the value where none holds; further conditions go on in the same table. */
export function mathCases(cases: readonly (readonly [MathNode, MathNode])[], otherwise: MathNode): MathNode {
  const rows = cases.map(([value, condition]) => branch('mtr', cell(value), cell(leaf('mtext', 'if\u00A0'), condition)))
  const rest = rowsOfCases(otherwise) ?? [branch('mtr', cell(otherwise), cell(leaf('mtext', 'otherwise')))]
  return row(leaf('mo', '{'), { tag: 'mtable', children: [...rows, ...rest], layout: 'cases' })
}

function cell(...children: readonly MathNode[]): MathNode {
  return branch('mtd', row(...children))
}

/** The rows where an expression is nothing but cases. */
function rowsOfCases(node: MathNode): readonly MathNode[] | undefined {
  if (node.tag !== 'mrow' || node.children.length !== 2) return undefined
  const [, inside] = node.children
  return inside?.tag === 'mtable' && inside.layout === 'cases' ? inside.children : undefined
}

export function mathDerivative(name: string, names: MathNames): MathNode {
  return branch('mfrac', row(leaf('mi', 'd'), names.of(name)), row(leaf('mi', 'd'), leaf('mi', 't')))
}

function mathName(name: string, names: MathNames): MathNode {
  if (name === 'time') return leaf('mi', 't')
  if (name === 'pi' || name === 'M_PI') return leaf('mi', 'π')
  if (name === 'Inf') return leaf('mi', '∞')
  return names.of(name)
}

function mathNumber(value: number): Piece {
  if (value < 0 || Object.is(value, -0)) {
    const positive = mathNumber(-value)
    return { node: row(leaf('mo', '−'), positive.node), binding: binding['+'], isSigned: true }
  }
  if (value === Number.POSITIVE_INFINITY) return piece(leaf('mi', '∞'), atom)
  const [digits, exponent] = numberParts(value)
  if (exponent === undefined) return piece(leaf('mn', digits), atom)
  const raised = exponent.startsWith('-') ? row(leaf('mo', '−'), leaf('mn', exponent.slice(1))) : leaf('mn', exponent)
  const power = branch('msup', leaf('mn', '10'), raised)
  return piece(digits === '1' ? power : row(leaf('mn', digits), leaf('mo', '·'), power), product)
}

export function mathValue(value: number): MathNode {
  return mathNumber(value).node
}
