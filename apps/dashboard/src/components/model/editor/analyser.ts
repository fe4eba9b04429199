import { analyseText, type TextAnalysis } from '@cartkin/model'
import type { Text } from '@codemirror/state'

/** What the language makes of the text in an editor, found once for each state of it; null for a text that is too long. */
export type Analyser = (doc: Text) => TextAnalysis | null

/** What stands at a cursor: the word that begins or goes on there, or else the one that ends there. */
export function atCursor<T>(ask: (offset: number) => T | undefined, offset: number): T | undefined {
  return ask(offset) ?? (offset > 0 ? ask(offset - 1) : undefined)
}

export function createAnalyser(longest: number): Analyser {
  let last: { readonly doc: Text; readonly analysis: TextAnalysis } | null = null
  return (doc) => {
    if (doc.length > longest) return null
    if (last?.doc !== doc) last = { doc, analysis: analyseText(doc.toString()) }
    return last.analysis
  }
}
