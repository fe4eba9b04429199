import { namedConstants } from '../check/named-constants.ts'
import { reservedNames } from '../check/reserved-names.ts'
import type { Token } from '../syntax/tokens.ts'
import type { Extent } from '../text/source-text.ts'
import type { TextAnalysis } from './analyse-text.ts'
import type { NameKind } from './name-facts.ts'

/** What a stretch of text is, for its colour. */
export type TextTokenKind =
  | NameKind
  | 'keyword'
  | 'function'
  | 'constant'
  | 'metadata'
  /** A name of which nothing is known. */
  | 'name'
  | 'number'
  | 'string'
  | 'comment'
  /** The unit in square brackets at the start of a comment. */
  | 'unit'
  | 'operator'
  | 'invalid'

export interface TextToken {
  readonly kind: TextTokenKind
  /** In UTF-16 units. */
  readonly offset: number
  readonly length: number
}

/** The coloured stretches of a text, in order and without overlap; what lies between them is blank. */
export function textTokens(analysis: TextAnalysis): readonly TextToken[] {
  const { text, tokens, roles } = analysis
  const found: TextToken[] = []
  let end = 0
  tokens.forEach((token, index) => {
    // the last token stands after the last word
    const start = token.kind === 'end' ? text.length : token.at.offset
    pushComments(text, end, start, found)
    const kind = kindOf(token, roles[index] ?? 'none', analysis)
    if (kind !== undefined) found.push({ kind, ...token.at })
    end = Math.max(end, token.at.offset + token.at.length)
  })
  return found
}

function kindOf(token: Token, role: string, { names }: TextAnalysis): TextTokenKind | undefined {
  switch (token.kind) {
    case 'number':
    case 'string':
      return token.kind
    case 'sign':
      return 'operator'
    case 'bad':
      return 'invalid'
    case 'newline':
    case 'end':
      return undefined
    case 'name': {
      if (role === 'keyword' || role === 'metadata') return role
      if (role === 'call') return 'function'
      const known = names.get(token.name)
      if (known !== undefined) return known.kind
      return namedConstants.has(token.name) || reservedNames.has(token.name) ? 'constant' : 'name'
    }
  }
}

/** Comments lie between tokens. */
function pushComments(text: string, from: number, to: number, found: TextToken[]): void {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) !== 35) continue
    let end = i
    while (end < to && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++
    const unit = unitExtent(text, i, end)
    if (unit === undefined) found.push({ kind: 'comment', offset: i, length: end - i })
    else {
      const after = unit.offset + unit.length
      found.push({ kind: 'comment', offset: i, length: unit.offset - i }, { kind: 'unit', ...unit })
      if (after < end) found.push({ kind: 'comment', offset: after, length: end - after })
    }
    i = end
  }
}

/** `[unit]` after the marks and blanks that begin a comment. */
function unitExtent(text: string, from: number, to: number): Extent | undefined {
  let start = from
  while (start < to && "#' \t".includes(text.charAt(start))) start++
  if (text.charAt(start) !== '[') return undefined
  const length = text.slice(start, to).indexOf(']') + 1
  return length === 0 ? undefined : { offset: start, length }
}
