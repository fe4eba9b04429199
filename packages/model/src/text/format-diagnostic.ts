import type { Diagnostic } from '../model.ts'
import { isInvisible } from './quote.ts'

/**
 * One diagnostic as compilers print it: `file:line:column: error: message`, the line of source and a caret under the place.
 */
export function formatDiagnostic(text: string, diagnostic: Diagnostic, fileName: string): string {
  const { offset, length, line, column } = diagnostic.span
  const head = `${fileName}:${line}:${column}: ${diagnostic.severity}: ${diagnostic.message}`
  const start = offset - (column - 1)
  let end = offset
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++
  // a long line is cut to a window about the place
  const from = Math.max(start, offset - 100)
  const to = Math.min(end, offset + 100)
  const source = visible(text.slice(from, to))
  const indent = Array.from(text.slice(from, offset), (character) => (character === '\t' ? '\t' : ' ')).join('')
  const carets = '^'.repeat(Math.max(1, Math.min(length, to - offset)))
  return source === '' ? head : `${head}\n  ${source}\n  ${indent}${carets}`
}

/** Invisible characters would move the caret or the terminal, or turn the line round; a byte order mark has no width. */
function visible(line: string): string {
  const shown = line.startsWith('\uFEFF') ? line.slice(1) : line
  return Array.from(shown, (character) =>
    character !== '\t' && isInvisible(character.codePointAt(0) ?? 0) ? '?' : character,
  ).join('')
}
