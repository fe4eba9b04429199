import { quote } from '../text/quote.ts'
import { across, type Extent } from '../text/source-text.ts'
import { parseSyntaxExpression } from './parse-syntax-expression.ts'
import { isAssign, parseTarget, targetForms } from './parse-target.ts'
import type { Expression, Statement, Target } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** Operators that a line may be meant to go on with. */
const leading: ReadonlySet<string> = new Set(['+', '-', '*', '/', '^', '&', '|'])

/** Reads `target = value`, with `=`, `<-` or `~`, or `value -> name`. `found` keeps the target where the value is broken. */
export function parseAssignment(reader: TokenReader, found: { target?: Target }): Statement {
  const start = reader.peek().at
  const target = parseTarget(reader)
  if (target !== undefined) {
    found.target = target
    const operator = reader.next()
    const sign = operator.kind === 'sign' ? operator.sign : '='
    if (sign === '~' && reader.isName('c') && reader.isSign('(', 1)) {
      reader.failAt(reader.peek().at, 'Ordinal observations, `name ~ c(p1, p2, …)`, are not supported yet.')
    }
    const value = parseValue(reader, operator.at, sign)
    return finish(reader, target, sign === '~', value, start)
  }
  const first = reader.peek()
  if (first.kind === 'sign' && leading.has(first.sign)) {
    reader.failAt(
      first.at,
      `A statement cannot begin with \`${first.sign}\`; to continue the line above, put the \`${first.sign}\` at its end.`,
    )
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
      `${written} cannot be assigned to; expected ${targetForms.map((form) => form.written).join(', ')} before \`${token.sign}\`.`,
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

function startsAssignment(reader: TokenReader): boolean {
  if (reader.peek().kind !== 'name') return false
  if (isAssign(reader, 1)) return true
  if (reader.isName('d') && reader.isSign('/', 1) && reader.isName('dt', 2)) return true
  return reader.isSign('(', 1) && reader.isSign(')', 3) && isAssign(reader, 4)
}
