import { across } from '../text/source-text.ts'
import { endStatement } from './parse-statements.ts'
import { parseSyntaxExpression } from './parse-syntax-expression.ts'
import type { Expression, IniStatement, PlacedName } from './syntax.ts'
import { SyntaxProblem, type TokenReader } from './token-reader.ts'

/** Entries of `ini` that are legal in rxode2 and not taken here yet, by the name that begins them. */
export const refusedIniForms: ReadonlyMap<string, string> = new Map([
  ['prior', 'prior distributions, `prior(name) ~ …`'],
  ['dist', 'random effects of other distributions, `dist(eta) ~ …`'],
])

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
  if (reader.isSign('~')) {
    reader.failAt(first.at, 'Priors of all random effects, `~ distribution(…)`, are not supported yet.')
  }
  if (first.kind !== 'name') return reader.fail('the name of a parameter')
  if (reader.isSign('(', 1)) {
    if (first.name === 'label' || first.name === 'backTransform') return parseRemark(reader, first.name)
    const refused = refusedIniForms.get(first.name)
    if (refused !== undefined) reader.failAt(first.at, `${start(refused)} are not supported yet.`)
  }
  const names: PlacedName[] = [{ name: first.name, at: first.at }]
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
  const whole = parseSyntaxExpression(reader)
  const at = across(first.at, reader.last.at)
  const { value, level } = isOmega ? withoutLevel(reader, whole) : { value: whole, level: 'id' }
  const comment = reader.trailingComment()
  return isOmega
    ? { kind: 'omega', names, value, level, comment, at }
    : { kind: 'theta', name: first.name, value, comment, at }
}

function start(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
}

/** `label("…")` or `backTransform("exp")`, said of the parameter before it. */
function parseRemark(reader: TokenReader, kind: 'label' | 'backTransform'): IniStatement {
  const from = reader.next().at
  reader.open('(', `after \`${kind}\``)
  const token = reader.peek()
  const text =
    token.kind === 'string' ? token.value : token.kind === 'name' && kind !== 'label' ? token.name : undefined
  if (text === undefined)
    return reader.fail(kind === 'label' ? 'a label in quotes' : 'the name of a function in quotes')
  reader.next()
  const end = reader.close(kind === 'label' ? 'after the label' : 'after the function')
  const at = across(from, end.at)
  return kind === 'label' ? { kind, text, at } : { kind, name: text, at }
}

/** `variance | occ`: the variance, and the variable for whose values the effects are drawn. */
function withoutLevel(reader: TokenReader, whole: Expression): { value: Expression; level: string } {
  const last = whole.at(-1)
  if (last?.kind !== 'binary' || last.operator !== '|') return { value: whole, level: 'id' }
  const right = whole[last.right]
  if (right?.kind !== 'name' || last.right !== whole.length - 2) {
    return reader.failAt(right?.at ?? last.at, 'The name of a variable was expected after `|`, such as id or occ.')
  }
  return { value: whole.slice(0, -2), level: right.name }
}
