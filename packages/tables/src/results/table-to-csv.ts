import type { Column, ColumnTable } from '@cartkin/simulation'
import { neutraliseFormulaText } from '../cells/formula-text.ts'
import { checkColumns } from './check-columns.ts'

export interface CsvOptions {
  /** Text cells that a spreadsheet would run as a formula get a leading apostrophe; defaults to true. Numbers never change. */
  readonly spreadsheetSafe?: boolean
}

function quoteCell(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '"' || c === ',' || c === '\n' || c === '\r' || c === '\t' || c === ';')
      return `"${text.replaceAll('"', '""')}"`
  }
  return text !== text.trim() || text === '' || text.startsWith('\uFEFF') ? `"${text}"` : text
}

function numberCell(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/**
 * A table as comma-separated text (RFC 4180, lines end in LF): one header line of column names, then one line per row.
 * Numbers are the shortest decimals that give the same double again; missing numbers read `NaN`. Units are not written.
 *
 * @throws RangeError when columns differ in length or share a name.
 */
export function tableToCsv(table: ColumnTable, options: CsvOptions = {}): string {
  const rows = checkColumns(table)
  const safe = options.spreadsheetSafe ?? true
  const textCell = (text: string) => quoteCell(safe ? neutraliseFormulaText(text) : text)
  const cell = (column: Column, row: number) =>
    column.kind === 'number' ? numberCell(column.values[row]!) : textCell(column.values[row]!)
  const lines = [table.columns.map((column) => textCell(column.name)).join(',')]
  for (let row = 0; row < rows; row++) lines.push(table.columns.map((column) => cell(column, row)).join(','))
  return `${lines.join('\n')}\n`
}
