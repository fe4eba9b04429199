import { quote } from '../text/quote.ts'
import { across, type Extent } from '../text/source-text.ts'
import type { BinaryOperator, Expression, ExpressionNode } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'
import type { Sign } from './tokens.ts'

/** Binding powers of R's operators, weakest first; `!` stands between `&` and the comparisons, unary minus below `^`. */
const binary: ReadonlyMap<Sign, { readonly operator: BinaryOperator; readonly power: number }> = new Map([
  ['|', { operator: '|', power: 1 }],
  ['&', { operator: '&', power: 2 }],
  ['==', { operator: '==', power: 4 }],
  ['!=', { operator: '!=', power: 4 }],
  ['<', { operator: '<', power: 4 }],
  ['<=', { operator: '<=', power: 4 }],
  ['>', { operator: '>', power: 4 }],
  ['>=', { operator: '>=', power: 4 }],
  ['+', { operator: '+', power: 5 }],
  ['-', { operator: '-', power: 5 }],
  ['*', { operator: '*', power: 6 }],
  ['/', { operator: '/', power: 6 }],
  ['%%', { operator: '%%', power: 7 }],
  ['^', { operator: '^', power: 9 }],
])
const notPower = 3
const comparisonPower = 4
const unaryPower = 8
const powerPower = 9

/** Reads one expression by operator precedence; chains of equal operators are loops, only nesting recurses. */
export function parseSyntaxExpression(reader: TokenReader): Expression {
  const nodes: ExpressionNode[] = []
  readOperators(reader, nodes, 0)
  return nodes
}

function push(nodes: ExpressionNode[], node: ExpressionNode): number {
  nodes.push(node)
  return nodes.length - 1
}

function extentOf(nodes: readonly ExpressionNode[], index: number): Extent {
  return nodes[index]?.at ?? { offset: 0, length: 0 }
}

function readOperators(reader: TokenReader, nodes: ExpressionNode[], weakest: number): number {
  reader.enter(reader.peek().at)
  let left = readOperand(reader, nodes)
  let compared: BinaryOperator | undefined
  for (;;) {
    const token = reader.peek()
    if (token.kind !== 'sign') break
    if (token.sign === '<-') refuseArrow(reader, extentOf(nodes, left))
    const found = binary.get(token.sign)
    if (found === undefined || found.power < weakest) break
    if (found.power === comparisonPower) {
      if (compared !== undefined) {
        reader.failAt(
          token.at,
          `Comparisons do not chain: \`a ${compared} b ${found.operator} c\` is written \`a ${compared} b & b ${found.operator} c\`.`,
        )
      }
      compared = found.operator
    } else if (found.power < comparisonPower) compared = undefined
    reader.next()
    reader.skipLineEnds()
    // the right side of ^ may bear a sign and is itself a power (right-associative)
    const right = readOperators(reader, nodes, found.power === powerPower ? unaryPower : found.power + 1)
    left = push(nodes, {
      kind: 'binary',
      operator: found.operator,
      left,
      right,
      at: across(extentOf(nodes, left), extentOf(nodes, right)),
    })
  }
  reader.leave()
  return left
}

function readOperand(reader: TokenReader, nodes: ExpressionNode[]): number {
  const token = reader.peek()
  switch (token.kind) {
    case 'number':
      reader.next()
      return push(nodes, token)
    case 'string':
      reader.next()
      return push(nodes, token)
    case 'name':
      return readName(reader, nodes, token.name, token.at)
    case 'sign': {
      if (token.sign === '(') {
        reader.open('(', 'before an expression')
        const inner = readOperators(reader, nodes, 0)
        reader.close('after the expression')
        return inner
      }
      if (token.sign === '-' || token.sign === '+' || token.sign === '!') {
        reader.next()
        reader.skipLineEnds()
        const argument = readOperators(reader, nodes, token.sign === '!' ? notPower : unaryPower)
        const at = across(token.at, extentOf(nodes, argument))
        return push(nodes, { kind: 'unary', operator: token.sign, argument, at })
      }
      if (token.sign === '=') {
        reader.failAt(token.at, '`=` stands where a value was expected; a comparison for equality is written `==`.')
      }
      return reader.fail('a value, a name or `(`')
    }
    default:
      return reader.fail('a value, a name or `(`')
  }
}

function readName(reader: TokenReader, nodes: ExpressionNode[], name: string, at: Extent): number {
  if (name === 'd' && isDerivative(reader)) {
    for (let i = 0; i < 3; i++) reader.next()
    reader.open('(', 'after `d/dt`')
    const state = reader.next()
    if (state.kind !== 'name') reader.failAt(state.at, 'A state name was expected in `d/dt()`.', state)
    const end = reader.close('after the state')
    return push(nodes, { kind: 'derivative', name: state.name, at: across(at, end.at) })
  }
  reader.next()
  if (name === 'function' || name === 'if' || name === 'else') {
    reader.failAt(
      at,
      `${quote(name)} cannot stand inside an expression${name === 'if' ? '; use ifelse(condition, a, b)' : ''}.`,
    )
  }
  if (reader.isSign('[')) {
    reader.failAt(reader.peek().at, `${quote(`${name}[…]`)} is not supported; give each parameter a name in \`ini\`.`)
  }
  if (!reader.isSign('(')) return push(nodes, { kind: 'name', name, at })
  reader.open('(', 'before the arguments')
  const found: number[] = []
  if (!reader.isSign(')')) {
    do {
      found.push(readOperators(reader, nodes, 0))
      if (reader.isSign('=')) {
        reader.failAt(reader.peek().at, '`=` stands inside brackets; a comparison for equality is written `==`.')
      }
    } while (reader.takeSign(','))
  }
  const end = reader.close(`or \`,\` in the arguments of ${quote(name)}`)
  return push(nodes, { kind: 'call', name, arguments: found, at: across(at, end.at) })
}

/** `d/dt(`, while `d` and `dt` alone are ordinary names. */
export function isDerivative(reader: TokenReader): boolean {
  return reader.isName('d') && reader.isSign('/', 1) && reader.isName('dt', 2) && reader.isSign('(', 3)
}

/** R reads `x<-3` as an assignment wherever it stands; in a comparison it is a trap. */
function refuseArrow(reader: TokenReader, left: Extent): never {
  const arrow = reader.next()
  const right = reader.peek()
  const before = reader.text.slice(left.offset, left.offset + left.length)
  // with a blank before it the arrow was meant as one
  if (arrow.at.offset > left.offset + left.length) {
    return reader.failAt(
      across(left, right.at),
      `\`<-\` assigns and cannot stand inside an expression; write ${quote(`${before} <- ifelse(condition, a, b)`)} as a statement.`,
      arrow,
    )
  }
  const after = reader.text.slice(right.at.offset, right.at.offset + right.at.length)
  return reader.failAt(
    across(left, right.at),
    `${quote(`${before}<-${after}`)} assigns in R and cannot stand inside an expression; to compare with a negative number write ${quote(`${before} < -${after}`)}.`,
    arrow,
  )
}
