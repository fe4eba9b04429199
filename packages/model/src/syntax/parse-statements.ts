import { didYouMean } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import { across, type Extent } from '../text/source-text.ts'
import { isDerivative, parseSyntaxExpression } from './parse-syntax-expression.ts'
import type { Conditional, Expression, Statement, Target, TargetKind } from './syntax.ts'
import { SyntaxProblem, type TokenReader } from './token-reader.ts'

/** Functions of a state that a statement may define. */
const properties: ReadonlyMap<string, TargetKind> = new Map<string, TargetKind>([
  ['f', 'bioavailability'],
  ['F', 'bioavailability'],
  ['lag', 'lag'],
  ['alag', 'lag'],
  ['dur', 'duration'],
  ['rate', 'rate'],
])

/** Statements that rxode2 knows and this language does not yet. */
const unsupported: ReadonlySet<string> = new Set([
  'cmt',
  'compartment',
  'dvid',
  'interp',
  'levels',
  'linear',
  'locf',
  'midpoint',
  'mtime',
  'nocb',
  'param',
  'params',
  'print',
  'printf',
])

const loops: ReadonlySet<string> = new Set(['for', 'while', 'repeat', 'break', 'next', 'return', 'function'])

/** Reads statements up to the `}` that closes the block, or to the end of the text. */
export function parseStatements(reader: TokenReader): Statement[] {
  const statements: Statement[] = []
  while (!reader.diagnostics.full) {
    reader.skipLineEnds()
    if (reader.takeSign(';')) continue
    if (reader.peek().kind === 'end' || reader.isSign('}')) break
    const before = reader.position
    statements.push(parseStatement(reader))
    // whatever a broken statement left behind, reading moves on
    if (reader.position === before) reader.next()
  }
  return statements
}

/** Reads one statement; a syntax error in it is reported, and reading goes on after it. */
function parseStatement(reader: TokenReader): Statement {
  const { bracketCount, depth } = reader
  const found: { target?: Target } = {}
  try {
    if (reader.isName('if')) return parseConditional(reader)
    if (reader.isName('else')) reader.failAt(reader.next().at, '`else` without an `if` before it.')
    const statement = parseAssignment(reader, found)
    endStatement(reader)
    return statement
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem)) throw problem
    reader.recover(bracketCount, depth)
    return { kind: 'broken', target: found.target }
  }
}

/** A statement ends with its line, at `;`, or before the `}` of its block. */
export function endStatement(reader: TokenReader): void {
  const token = reader.peek()
  if (token.kind === 'newline' || token.kind === 'end' || reader.isName('else')) return
  if (token.kind === 'sign' && (token.sign === ';' || (token.sign === '}' && reader.bracketCount > 0))) return
  if (token.kind === 'sign' && token.sign === ')') reader.failAt(token.at, 'This `)` closes no bracket.')
  if (token.kind === 'sign' && token.sign === '}') {
    reader.next()
    reader.failAt(token.at, 'This `}` closes no block.')
  }
  const after = reader.peek(1)
  if (token.kind === 'sign' && token.sign === ',' && reader.last.kind === 'number' && after.kind === 'number') {
    const number = reader.text.slice(reader.last.at.offset, after.at.offset + after.at.length)
    reader.failAt(token.at, `Numbers have a decimal point: write ${number.replace(',', '.')}, not ${number}.`)
  }
  reader.fail('an operator or the end of the statement')
}

function parseAssignment(reader: TokenReader, found: { target?: Target }): Statement {
  const start = reader.peek().at
  const target = parseTarget(reader)
  if (target !== undefined) {
    found.target = target
    const operator = reader.next()
    const sign = operator.kind === 'sign' ? operator.sign : '='
    const value = parseValue(reader, operator.at, sign)
    return finish(reader, target, sign === '~', value, start)
  }
  // everything else is a value; only `value -> name` makes it a statement
  const value = parseSyntaxExpression(reader)
  if (reader.takeSign('->')) {
    const token = reader.peek()
    if (token.kind !== 'name') reader.fail('a name to assign to')
    reader.next()
    found.target = { kind: 'variable', name: token.name, at: token.at }
    return finish(reader, found.target, false, value, start)
  }
  const token = reader.peek()
  const written = quote(reader.text.slice(start.offset, reader.last.at.offset + reader.last.at.length))
  if (token.kind === 'sign' && (token.sign === '=' || token.sign === '~')) {
    reader.failAt(
      across(start, reader.last.at),
      `${written} cannot be assigned to; expected name, d/dt(name), name(0), f(name), lag(name), dur(name) or rate(name) before \`${token.sign}\`.`,
    )
  }
  if (token.kind === 'newline' || token.kind === 'end' || reader.isSign(';') || reader.isSign('}')) {
    return reader.failAt(across(start, reader.last.at), `${written} assigns nothing; expected name = expression.`)
  }
  return reader.fail('an operator or an assignment such as name = expression')
}

function finish(reader: TokenReader, target: Target, hidden: boolean, value: Expression, start: Extent): Statement {
  const at = across(start, reader.last.at)
  return { kind: 'assignment', target, hidden, value, comment: reader.trailingComment(), at }
}

/** The right side of an assignment; may begin on the next line, but not where that line is a statement of its own. */
function parseValue(reader: TokenReader, operator: Extent, sign: string): Expression {
  const here = reader.position
  const atEnd = reader.peek()
  if (atEnd.kind === 'newline' || atEnd.kind === 'end' || reader.isSign(';') || reader.isSign('}')) {
    reader.skipLineEnds()
    const nothing =
      reader.peek().kind === 'end' ||
      reader.isSign('}') ||
      reader.isSign(';') ||
      reader.isName('if') ||
      startsAssignment(reader)
    if (nothing) {
      reader.rewind(here)
      reader.failAt(operator, `Nothing follows \`${sign}\`; expected an expression.`)
    }
  }
  return parseSyntaxExpression(reader)
}

function isAssign(reader: TokenReader, ahead: number): boolean {
  return reader.isSign('=', ahead) || reader.isSign('<-', ahead) || reader.isSign('~', ahead)
}

function startsAssignment(reader: TokenReader): boolean {
  if (reader.peek().kind !== 'name') return false
  if (isAssign(reader, 1)) return true
  if (reader.isName('d') && reader.isSign('/', 1) && reader.isName('dt', 2)) return true
  return reader.isSign('(', 1) && reader.isSign(')', 3) && isAssign(reader, 4)
}

/** The left side of an assignment, up to its operator; undefined where the statement is of another form. */
function parseTarget(reader: TokenReader): Target | undefined {
  const token = reader.peek()
  if (token.kind !== 'name') return undefined
  if (isAssign(reader, 1)) {
    reader.next()
    return { kind: 'variable', name: token.name, at: token.at }
  }
  if (loops.has(token.name) && (reader.isSign('(', 1) || reader.isSign('{', 1))) {
    reader.failAt(token.at, `${quote(token.name)} is not supported: a model has no loops and no functions of its own.`)
  }
  if (reader.isName('d') && reader.isSign('/', 1) && reader.isName('dt', 2)) return parseDerivativeTarget(reader)
  if (reader.isSign('(', 1)) return parsePropertyTarget(reader, token.name, token.at)
  return undefined
}

function parseDerivativeTarget(reader: TokenReader): Target {
  const start = reader.peek().at
  if (!isDerivative(reader)) {
    for (let i = 0; i < 3; i++) reader.next()
    reader.failAt(across(start, reader.last.at), '`d/dt` of nothing; expected d/dt(state) = expression.')
  }
  for (let i = 0; i < 3; i++) reader.next()
  reader.open('(', 'after `d/dt`')
  const state = reader.peek()
  if (reader.isSign(')')) {
    reader.next()
    reader.failAt(across(start, reader.last.at), '`d/dt()` of nothing; expected the name of a state in the brackets.')
  }
  if (state.kind !== 'name') reader.fail('the name of a state')
  reader.next()
  const end = reader.close(`after d/dt(${state.name}`)
  const target: Target = { kind: 'derivative', name: state.name, at: across(start, end.at) }
  if (!isAssign(reader, 0)) reader.fail(`\`=\` after d/dt(${state.name})`)
  if (reader.isSign('~'))
    reader.failAt(reader.peek().at, `\`~\` hides a value from the output; d/dt(${state.name}) takes \`=\`.`)
  return target
}

/** `x(0)`, `f(x)` and their kin; undefined where the call begins an expression. */
function parsePropertyTarget(reader: TokenReader, name: string, start: Extent): Target | undefined {
  if (unsupported.has(name))
    reader.failAt(start, `${quote(name)} is not supported yet; delete the line if the model can do without.`)
  const argument = reader.peek(2)
  if (!reader.isSign(')', 3) || !isAssign(reader, 4)) return undefined
  const at = across(start, reader.peek(3).at)
  for (let i = 0; i < 4; i++) reader.next()
  if (argument.kind === 'number') {
    if (argument.value !== 0) {
      reader.failAt(at, `${quote(`${name}(${argument.value})`)} is no initial value; expected ${name}(0) = expression.`)
    }
    return { kind: 'initial', name, at }
  }
  const kind = properties.get(name)
  if (argument.kind !== 'name')
    reader.failAt(at, `The name of a state was expected in ${quote(`${name}()`)}.`, argument)
  if (kind === undefined) {
    const known = [...properties.keys()].map((property) => `${property}(${argument.name})`)
    reader.failAt(
      at,
      `${quote(`${name}(${argument.name})`)} cannot be assigned to; expected ${argument.name}(0), d/dt(${argument.name}), ${known.join(', ')}.${didYouMean(name, properties.keys())}`,
    )
  }
  return { kind, name: argument.name, at }
}

function parseConditional(reader: TokenReader): Conditional {
  const start = reader.next().at
  reader.enter(start)
  const branches: { condition: Expression; body: readonly Statement[] }[] = []
  let otherwise: readonly Statement[] = []
  for (;;) {
    reader.open('(', 'with the condition after `if`')
    const condition = parseSyntaxExpression(reader)
    if (reader.isSign('=')) {
      reader.failAt(reader.peek().at, '`=` assigns; a comparison for equality is written `==`.')
    }
    reader.close('after the condition')
    branches.push({ condition, body: parseBlock(reader) })
    const here = reader.position
    reader.skipLineEnds()
    if (!reader.isName('else')) {
      reader.rewind(here)
      break
    }
    reader.next()
    reader.skipLineEnds()
    if (!reader.isName('if')) {
      otherwise = parseBlock(reader)
      break
    }
    reader.next()
  }
  reader.leave()
  return { kind: 'conditional', branches, otherwise, at: across(start, reader.last.at) }
}

/** `{…}` or one statement. */
function parseBlock(reader: TokenReader): readonly Statement[] {
  reader.skipLineEnds()
  if (!reader.isSign('{')) {
    if (reader.peek().kind === 'end') reader.fail('a statement or `{`')
    return [parseStatement(reader)]
  }
  reader.open('{', 'before a block')
  const body = parseStatements(reader)
  reader.close('after the block')
  return body
}
