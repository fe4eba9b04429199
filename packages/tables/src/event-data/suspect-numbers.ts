import type { DelimitedText } from '../cells/delimited-text.ts'
import { DataError } from '../data-error.ts'
import { plural } from './event-notes.ts'

/** Numbers by which missing values are written in some places. */
const SUSPECTS: ReadonlySet<string> = new Set(['-99', '-999', '-9999', '-99.0', '-999.0'])

/** Numbers that may stand for missing values, one doubt per column. */
export function suspectNumbers(text: DelimitedText, indices: readonly number[]): readonly DataError[] {
  return indices.flatMap((index) => {
    const found = text.rows.flatMap((row) => {
      const cell = row[index]
      return cell !== undefined && SUSPECTS.has(cell.text) ? [cell] : []
    })
    const [cell] = found
    if (cell === undefined) return []
    const header = text.header[index]?.text ?? ''
    const position = { line: cell.line, column: cell.column, header }
    const problem = `is taken as a number (${plural(found.length, 'such cell')} in ${header})`
    return [
      new DataError({
        file: text.file,
        position,
        text: cell.text,
        problem,
        expected: 'if it stands for no value, declare it as missing',
      }),
    ]
  })
}
