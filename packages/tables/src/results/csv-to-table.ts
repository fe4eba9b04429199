import type { Column, ColumnTable } from '@cartkin/simulation'
import type { DelimitedText } from '../cells/delimited-text.ts'
import { restoreFormulaText } from '../cells/formula-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { type CellColumn, cellColumn } from '../cells/number-column.ts'
import { parseDelimited } from '../cells/parse-delimited.ts'
import { parseNumber } from '../cells/parse-number.ts'

/** Numbers as `tableToCsv` writes them: the grammar of `parseNumber`, and what a result may hold beside finite numbers. */
function resultNumber(text: string, separator: '.' | ','): number | null {
  if (isMissing(text) || text === 'NaN') return Number.NaN
  if (text === 'Infinity') return Number.POSITIVE_INFINITY
  if (text === '-Infinity') return Number.NEGATIVE_INFINITY
  return parseNumber(text, separator)
}

function toColumn(text: DelimitedText, { header, cells }: CellColumn): Column {
  const name = restoreFormulaText(header)
  const values = new Float64Array(cells.length)
  for (const [row, cell] of cells.entries()) {
    const value = resultNumber(cell.text, text.format.decimalSeparator)
    if (value === null) return { kind: 'text', name, values: cells.map((other) => restoreFormulaText(other.text)) }
    values[row] = value
  }
  return { kind: 'number', name, unit: '', values }
}

/**
 * Reads a table of results back from CSV: a column whose cells are all numbers or missing becomes a number column (without
 * unit, since CSV has none; missing is NaN), any other a text column. For a subject's data use `readEventData`.
 *
 * @throws DataError as `parseDelimited` does.
 */
export function csvToTable(text: string, file: string): ColumnTable {
  const parsed = parseDelimited(text, file)
  return { columns: parsed.header.map((_, index) => toColumn(parsed, cellColumn(parsed, index))) }
}
