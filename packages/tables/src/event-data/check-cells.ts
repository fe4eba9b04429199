import { cellError } from '../cells/cell-error.ts'
import type { DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { numberHint } from '../cells/number-column.ts'
import { parseNumber } from '../cells/parse-number.ts'
import type { StandardColumn } from '../columns/event-columns.ts'
import type { DataError } from '../data-error.ts'

/** What a spreadsheet writes where a formula failed. */
const FAILED: ReadonlySet<string> = new Set([
  '#DIV/0!',
  '#N/A',
  '#NAME?',
  '#NULL!',
  '#NUM!',
  '#REF!',
  '#VALUE!',
  '#SPILL!',
  '#CALC!',
])

/**
 * Looks at every cell of an event file by itself: no formulas anywhere, nothing but numbers in columns of numbers.
 *
 * @param columns indices of the columns that are read.
 * @param numbers those columns of numbers that nothing else looks at.
 * @returns the rows that have such a cell.
 */
export function checkCells(
  text: DelimitedText,
  columns: readonly number[],
  numbers: ReadonlyMap<StandardColumn, number>,
  report: (error: DataError) => void,
): ReadonlySet<number> {
  const bad = new Set<number>()
  const numeric = new Set(numbers.values())
  for (const [row, cells] of text.rows.entries())
    for (const index of columns) {
      const cell = cells[index]
      if (cell === undefined || isMissing(cell.text)) continue
      const header = text.header[index]?.text ?? ''
      const first = cell.text[0]
      const wrong =
        first === '=' || first === '＝'
          ? cellError(text, cell, header, 'is a formula', 'give its value')
          : FAILED.has(cell.text.toUpperCase())
            ? cellError(text, cell, header, 'is a formula that failed', 'give a value, or leave the cell empty')
            : numeric.has(index) && parseNumber(cell.text, text.format.decimalSeparator) === null
              ? cellError(text, cell, header, 'is not a number', numberHint(cell.text, text.format.decimalSeparator))
              : undefined
      if (wrong === undefined) continue
      bad.add(row)
      report(wrong)
    }
  return bad
}
