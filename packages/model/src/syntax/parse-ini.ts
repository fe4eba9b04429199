import { across } from '../text/source-text.ts'
import { endStatement } from './parse-statements.ts'
import { parseSyntaxExpression } from './parse-syntax-expression.ts'
import type { IniStatement } from './syntax.ts'
import { SyntaxProblem, type TokenReader } from './token-reader.ts'

/** Reads the entries of `ini({…})` up to the `}` that closes it. */
export function parseIni(reader: TokenReader): IniStatement[] {
  const entries: IniStatement[] = []
  while (!reader.diagnostics.full) {
    reader.skipLineEnds()
    if (reader.takeSign(';')) continue
    if (reader.peek().kind === 'end' || reader.isSign('}')) break
    const { bracketCount, depth } = reader
    const start = reader.peek()
    try {
      entries.push(parseEntry(reader))
      endStatement(reader)
    } catch (problem) {
      if (!(problem instanceof SyntaxProblem)) throw problem
      reader.recover(bracketCount, depth)
      const target = start.kind === 'name' ? ({ kind: 'variable', name: start.name, at: start.at } as const) : undefined
      entries.push({ kind: 'broken', target })
      if (reader.peek() === start) reader.next()
    }
  }
  return entries
}

function parseEntry(reader: TokenReader): IniStatement {
  const first = reader.peek()
  if (first.kind !== 'name') reader.fail('the name of a parameter')
  if (first.name === 'label' && reader.isSign('(', 1)) {
    reader.next()
    reader.open('(', 'after `label`')
    const text = reader.peek()
    if (text.kind !== 'string') reader.fail('a label in quotes')
    reader.next()
    const end = reader.close('after the label')
    return { kind: 'label', text: text.value, at: across(first.at, end.at) }
  }
  const names = [{ name: first.name, at: first.at }]
  reader.next()
  while (reader.takeSign('+')) {
    reader.skipLineEnds()
    const more = reader.peek()
    if (more.kind !== 'name') reader.fail('the name of a random effect')
    reader.next()
    names.push({ name: more.name, at: more.at })
  }
  const isOmega = reader.isSign('~')
  if (!isOmega && (names.length > 1 || !(reader.isSign('=') || reader.isSign('<-')))) {
    reader.fail(names.length > 1 ? '`~` after the names of a covariance block' : '`<-`, `=` or `~`')
  }
  reader.next()
  reader.skipLineEnds()
  const value = parseSyntaxExpression(reader)
  const whole = value.at(-1)
  if (whole?.kind === 'binary' && whole.operator === '|') {
    reader.failAt(whole.at, 'Effects by occasion, `eta ~ variance | occasion`, are not supported yet.')
  }
  const at = across(first.at, reader.last.at)
  const comment = reader.trailingComment()
  return isOmega
    ? { kind: 'omega', names, value, comment, at }
    : { kind: 'theta', name: first.name, value, comment, at }
}
