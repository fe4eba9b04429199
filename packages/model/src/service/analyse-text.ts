import { check } from '../check/check.ts'
import { parseSyntax } from '../syntax/parse-syntax.ts'
import type { SyntaxTree } from '../syntax/syntax.ts'
import { tokenize } from '../syntax/tokenize.ts'
import type { Token } from '../syntax/tokens.ts'
import { Diagnostics } from '../text/diagnostics.ts'
import { LineIndex } from '../text/source-text.ts'
import { type NameFacts, nameFacts } from './name-facts.ts'
import { type TokenRole, tokenRoles } from './token-roles.ts'
import { TolerantDiagnostics } from './tolerant-diagnostics.ts'

/** What an editor asks of a text, found once; the text may be broken anywhere. Immutable. */
export interface TextAnalysis {
  readonly text: string
  readonly tokens: readonly Token[]
  /** What each token is, by its index. */
  readonly roles: readonly TokenRole[]
  readonly tree: SyntaxTree
  /** What is known of every name. */
  readonly names: ReadonlyMap<string, NameFacts>
  readonly lines: LineIndex
}

/** Reads a text as far as it can be read. Never throws; takes time in proportion to the text. */
export function analyseText(text: string): TextAnalysis {
  // the budget for problems is that of the parser: tokens are coloured to the end
  const { tokens } = tokenize(text, new Diagnostics(text))
  const tree = parseSyntax(text, new TolerantDiagnostics(text))
  const model = check(text, tree, new TolerantDiagnostics(text))
  const names = nameFacts(tree, model, tokens)
  return { text, tokens, roles: tokenRoles(tokens), tree, names, lines: new LineIndex(text) }
}

/** The index of the token that holds the character at `offset`, or else ends there; undefined where there is none. */
export function tokenAt({ tokens }: TextAnalysis, offset: number): number | undefined {
  let low = 0
  let high = tokens.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tokens[middle]?.at.offset ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  for (const index of [low, low - 1]) {
    const token = tokens[index]
    if (token === undefined || token.kind === 'newline' || token.kind === 'end') continue
    if (token.at.offset <= offset && offset <= token.at.offset + token.at.length) return index
  }
  return undefined
}
