import type { Statement } from '../syntax/syntax.ts'

/** Most lines of a comment that stay. */
const mostCommentLines = 8

/** Comments on the lines right above a statement, as one. */
export function commentAbove(text: string, statement: Statement): string {
  if (statement.kind === 'broken') return ''
  const above: string[] = []
  let end = text.lastIndexOf('\n', statement.at.offset - 1)
  // only what stands first on its line has a comment of its own above it
  if (text.slice(end + 1, statement.at.offset).trim() !== '') return ''
  while (end > 0 && above.length < mostCommentLines) {
    const start = text.lastIndexOf('\n', end - 1)
    const line = text.slice(start + 1, end).trim()
    if (!line.startsWith('#')) break
    let from = 0
    while (line[from] === '#' || line[from] === "'" || line[from] === ' ') from++
    above.unshift(line.slice(from))
    end = start
  }
  return above.join(' ').trim()
}
