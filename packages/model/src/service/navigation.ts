import type { Span } from '../model.ts'
import { type TextAnalysis, tokenAt } from './analyse-text.ts'

/** The name that gives or has a value at an offset; undefined for functions, signs and blanks. */
export function nameAt(analysis: TextAnalysis, offset: number): string | undefined {
  const index = tokenAt(analysis, offset)
  const token = index === undefined ? undefined : analysis.tokens[index]
  return index !== undefined && token?.kind === 'name' && analysis.roles[index] === 'value' ? token.name : undefined
}

/** Where the name at an offset is given: in `ini`, and left of its assignments; of an input, where it is read first. */
export function definitionsAt(analysis: TextAnalysis, offset: number): readonly Span[] {
  const name = nameAt(analysis, offset)
  if (name === undefined) return []
  const definitions = analysis.names.get(name)?.definitions ?? []
  return definitions.length > 0
    ? definitions.map((extent) => analysis.lines.span(extent))
    : referencesTo(analysis, name).slice(0, 1)
}

/** Every place where a name stands as one, in order. */
export function referencesTo({ tokens, roles, lines }: TextAnalysis, name: string): readonly Span[] {
  return tokens.flatMap((token, index) =>
    token.kind === 'name' && token.name === name && roles[index] === 'value' ? [lines.span(token.at)] : [],
  )
}
