import { quote } from '../text/quote.ts'
import { across } from '../text/source-text.ts'
import { parseAssignment } from './parse-assignment.ts'
import { parseDeclaration } from './parse-declaration.ts'
import { parseSyntaxExpression } from './parse-syntax-expression.ts'
import { linearEndpoint } from './parse-target.ts'
import type { Assignment, Conditional, Expression, Statement, Target } from './syntax.ts'
import { SyntaxProblem, type TokenReader } from './token-reader.ts'

/** Reads statements up to the `}` that closes the block, or to the end of the text. */
export function parseStatements(reader: TokenReader): Statement[] {
  const statements: Statement[] = []
  while (!reader.diagnostics.full) {
    reader.skipLineEnds()
    if (reader.takeSign(';')) continue
    if (reader.peek().kind === 'end' || reader.isSign('}')) break
    const before = reader.position
    const statement = parseStatement(reader)
    if (isLinearEndpoint(reader, statement)) statements.push(linearValue(statement))
    statements.push(statement)
    // whatever a broken statement left behind, reading moves on
    if (reader.position === before) reader.next()
  }
  return statements
}

/** `linCmt() ~ …`, as against the name it stands for. */
function isLinearEndpoint(reader: TokenReader, statement: Statement): statement is Assignment {
  const isAssignment = statement.kind === 'assignment' && statement.hidden && statement.target.name === linearEndpoint
  return isAssignment && reader.text.startsWith('linCmt', statement.target.at.offset)
}

/** `rxLinCmt <- linCmt()`, which `linCmt() ~ …` implies. */
function linearValue({ target, at }: Assignment): Assignment {
  const value = [{ kind: 'call', name: 'linCmt', arguments: [], at: target.at }] as const
  return { kind: 'assignment', target, hidden: false, value, comment: '', at }
}

/** Reads one statement; a syntax error in it is reported, and reading goes on after it. */
function parseStatement(reader: TokenReader): Statement {
  const { bracketCount, depth } = reader
  const found: { target?: Target } = {}
  try {
    if (reader.isName('if')) return parseConditional(reader)
    if (reader.isName('else')) reader.failAt(reader.next().at, '`else` without an `if` before it.')
    const declaration = parseDeclaration(reader)
    if (declaration !== undefined) {
      endStatement(reader)
      return declaration
    }
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
    reader.failAt(
      token.at,
      `Numbers have a decimal point: write ${quote(number.replace(',', '.'))}, not ${quote(number)}.`,
    )
  }
  reader.fail('an operator or the end of the statement')
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
