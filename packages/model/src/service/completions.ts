import { printNumber } from '../print/print-literal.ts'
import { printName } from '../print/print-name.ts'
import { declarationForms } from '../syntax/parse-declaration.ts'
import { targetForms } from '../syntax/parse-target.ts'
import type { Token } from '../syntax/tokens.ts'
import { type TextAnalysis, tokenAt } from './analyse-text.ts'
import { expressionFunctions, type FunctionFacts, residualFunctions } from './function-facts.ts'
import type { NameFacts, NameKind } from './name-facts.ts'
import { tokenRegions } from './token-roles.ts'

/** One proposal for the word at the cursor. */
export interface Completion {
  readonly kind: NameKind | 'function' | 'statement'
  /** What is shown, and what is put in place of the word. */
  readonly text: string
  /** Unit and value, or the signature of a function. */
  readonly detail: string
  /** Label, or summary. */
  readonly summary: string
}

export interface Completions {
  /** The stretch that a proposal takes the place of: the word before the cursor. */
  readonly offset: number
  readonly length: number
  /** Those that begin with the word, without regard to case: statements, names, functions. */
  readonly proposals: readonly Completion[]
}

const iniForms: readonly Completion[] = [
  ['c(lower, estimate, upper)', 'bounds and estimate'],
  ['fixed(value)', 'a value that a fit keeps'],
  ['label("…")', 'what the parameter before it means'],
].map(([text = '', summary = '']) => ({ kind: 'statement', text, detail: '', summary }))

/** What may stand at an offset: nothing inside comments and strings. */
export function completionsAt(analysis: TextAnalysis, offset: number): Completions {
  const { text, tokens, names } = analysis
  const index = tokenAt(analysis, offset)
  const word = index === undefined ? undefined : tokens[index]
  const isWord = word?.kind === 'name' && word.at.offset < offset
  const start = isWord ? word.at.offset : offset
  const nothing = { offset: start, length: offset - start, proposals: [] }
  if (isInComment(analysis, offset) || isInside(text, word, offset)) return nothing
  const before = tokens.findLastIndex(({ at, kind }) => kind !== 'end' && at.offset < start)
  const region = tokenRegions(tokens)[Math.max(0, before)]
  if (region === 'outside') return nothing
  const written = text.slice(start, offset).replaceAll('`', '').toLowerCase()
  const isState = isStateOnly(tokens, before)
  const proposals =
    region === 'ini'
      ? iniForms
      : isState
        ? [...names.values()].filter(({ kind }) => kind === 'state').map(nameProposal)
        : [
            ...(isLineStart(tokens, before) ? statementProposals : []),
            ...[...names.values()].filter((facts) => isInScope(facts, start)).map(nameProposal),
            ...(isResidual(tokens, before)
              ? functionProposals(residualFunctions)
              : functionProposals(expressionFunctions)),
          ]
  return { ...nothing, proposals: proposals.filter((proposal) => proposal.text.toLowerCase().startsWith(written)) }
}

const statementProposals: readonly Completion[] = [
  ...targetForms
    .filter(({ kind }) => kind !== 'variable')
    .map(({ written, summary }) => statement(`${written} = `, summary)),
  ...declarationForms.map(({ written, summary }) => statement(written, summary)),
  statement('if (condition) { }', 'one of several ways, by a condition'),
]

function statement(text: string, summary: string): Completion {
  return { kind: 'statement', text, detail: '', summary }
}

function functionProposals(facts: ReadonlyMap<string, FunctionFacts>): readonly Completion[] {
  return [...facts.values()].map(({ name, signature, summary }) => ({
    kind: 'function',
    text: name,
    detail: signature,
    summary,
  }))
}

function nameProposal({ name, kind, unit, label, parameter }: NameFacts): Completion {
  const value = parameter !== undefined && parameter.kind === 'parameter' ? printNumber(parameter.value) : ''
  const detail = [value, unit === '' ? '' : `[${unit}]`].filter((part) => part !== '').join(' ')
  return { kind, text: printName(name), detail, summary: label }
}

/** Lines run in order: a local name may be read below its line. */
function isInScope({ kind, definitions }: NameFacts, offset: number): boolean {
  if (kind !== 'output' && kind !== 'local') return true
  return definitions.some((extent) => extent.offset + extent.length < offset)
}

/** Within a string, a number or something unreadable. */
function isInside(text: string, token: Token | undefined, offset: number): boolean {
  if (token === undefined || token.kind === 'name' || token.kind === 'sign') return false
  const { at } = token
  const end = at.offset + at.length
  const isClosed = token.kind === 'string' && at.length > 1 && text.charAt(end - 1) === text.charAt(at.offset)
  return at.offset < offset && (offset < end || !isClosed)
}

function isInComment({ text, tokens }: TextAnalysis, offset: number): boolean {
  const before = tokens.findLast(({ at, kind }) => kind !== 'end' && at.offset + at.length <= offset)
  const from = before === undefined ? 0 : before.at.offset + before.at.length
  const within = tokens.some(
    ({ at, kind }) => kind === 'string' && at.offset < offset && offset < at.offset + at.length,
  )
  return !within && text.slice(from, offset).includes('#')
}

function isSign(tokens: readonly Token[], index: number, ...signs: readonly string[]): boolean {
  const token = tokens[index]
  return token?.kind === 'sign' && signs.includes(token.sign)
}

/** After `d/dt(`, `f(` and their kin. */
function isStateOnly(tokens: readonly Token[], before: number): boolean {
  const name = tokens[before - 1]
  if (!isSign(tokens, before, '(') || name?.kind !== 'name') return false
  if (name.name === 'dt' && isSign(tokens, before - 2, '/')) return true
  return ['f', 'F', 'lag', 'alag', 'dur', 'rate', 'cmt'].includes(name.name) && isLineStart(tokens, before - 2)
}

function isLineStart(tokens: readonly Token[], before: number): boolean {
  return before < 0 || tokens[before]?.kind === 'newline' || isSign(tokens, before, '{', '}', ';')
}

/** After `name ~`, or a `+` that goes on from there. */
function isResidual(tokens: readonly Token[], before: number): boolean {
  for (let index = before; index >= 0 && tokens[index]?.kind !== 'newline'; index--) {
    if (isSign(tokens, index, '~')) return true
  }
  return false
}
