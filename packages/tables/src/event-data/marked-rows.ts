import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { DataError } from '../data-error.ts'

/** A text without the rows that a column of marks leaves out. */
export interface MarkedRows {
  readonly text: DelimitedText
  /** Whether the column holds marks; otherwise it is a column as any other. */
  readonly marks: boolean
  readonly notes: readonly string[]
}

/**
 * Leaves out the rows that have a mark, such as `C`, in a column C or IGNORE; `.`, 0 and empty cells are no marks.
 *
 * @param index that column, when there is one.
 * @throws DataError when marks and numbers stand in it.
 */
export function withoutMarkedRows(text: DelimitedText, index: number | undefined): MarkedRows {
  const none = { text, marks: false, notes: [] }
  if (index === undefined) return none
  const cellOf = (row: readonly Cell[]) => row[index]?.text ?? ''
  const isMark = (content: string) => !isMissing(content) && parseNumber(content, text.format.decimalSeparator) === null
  const marked = text.rows.filter((row) => isMark(cellOf(row)))
  const others = text.rows.filter((row) => !isMark(cellOf(row)) && !isMissing(cellOf(row)) && cellOf(row) !== '0')
  const header = text.header[index]?.text ?? 'C'
  const [odd] = others
  if (marked.length === 0) return odd === undefined ? { ...none, marks: true } : none
  const cell = odd?.[index]
  if (cell !== undefined)
    throw new DataError({
      file: text.file,
      position: { line: cell.line, column: cell.column, header },
      text: cell.text,
      problem: `is a number among marks (${JSON.stringify(marked[0]?.[index]?.text)} in line ${marked[0]?.[index]?.line})`,
      expected: `rows to be left out have a letter in ${header}, all others 0, "." or nothing; rename the column if it holds values`,
    })
  const rows = text.rows.filter((row) => !isMark(cellOf(row)))
  if (rows.length === 0)
    throw new DataError({
      file: text.file,
      problem: `every row has a mark in ${header}`,
      expected: 'leave one without',
    })
  const first = marked[0]?.[index]?.line
  const note = `${marked.length} row${marked.length === 1 ? '' : 's'} with a mark in ${header} left out (first: line ${first})`
  return { text: { ...text, rows }, marks: true, notes: [note] }
}
