import { DataError } from '../data-error.ts'
import type { Cell, DelimitedText } from './delimited-text.ts'
import { limitToken } from './limit-token.ts'
import { isMissing } from './missing-value.ts'
import { parseNumber } from './parse-number.ts'

const NAMED = 5

/** One table column, from the header down. */
export interface CellColumn {
  readonly header: string
  readonly cells: readonly Cell[]
}

/** The table column at an index; rows are as long as the header, so that every cell is there. */
export function cellColumn(text: DelimitedText, index: number): CellColumn {
  return { header: text.header[index]!.text, cells: text.rows.map((row) => row[index]!) }
}

function looksLikeTime(text: string): boolean {
  return text.includes(':') || text.indexOf('-', 1) > 0 || text.includes('/')
}

/** Whether a text is written as a number, but too large or too small for one. */
function isBeyondDoubles(text: string, separator: '.' | ','): boolean {
  const [mantissa = '', exponent = '', ...more] = text.split(/[eE]/)
  return more.length === 0 && parseNumber(mantissa, separator) !== null && Number.isInteger(parseNumber(exponent))
}

/** What to write in place of a text that is no number. */
export function numberHint(text: string, separator: '.' | ','): string {
  const other = separator === '.' ? ',' : '.'
  const [mantissa = '', exponent, ...more] = text.split(/[dD]/)
  if (exponent !== undefined && more.length === 0 && parseNumber(`${mantissa}e${exponent}`, separator) !== null)
    return `exponents are written with e: ${mantissa}e${exponent}`
  if (isBeyondDoubles(text, separator)) return 'numbers lie between 5e-324 and 1.8e308'
  if (parseNumber(text, other) !== null) {
    const plain = text.replace(other, '')
    const digits = text.length - text.indexOf(other) - 1
    const thousands = digits === 3 && parseNumber(plain, separator) !== null ? `; if it means ${plain}, write that` : ''
    return `the decimal separator of this file is "${separator}"${thousands}`
  }
  if (text.includes('.') && text.includes(','))
    return 'numbers have no separators of thousands: write 1000.5, or 1000,5'
  if (text.includes(' ') || text.includes('\u00a0') || text.includes('\u202f') || text.includes("'"))
    return `numbers have no separators of thousands and no spaces: write 1000${separator}5`
  if (limitToken(text) !== null)
    return 'limits of quantification are read in the column DV; elsewhere a number is needed'
  if (looksLikeTime(text))
    return 'give numbers in the unit of the model, such as days since the infusion, not dates or clock times'
  return `a number such as 12${separator}5 or 1e3 is needed; no value is written as an empty cell, "." or NA`
}

/**
 * The numbers of a column; null where a cell is missing.
 *
 * @throws DataError for the first cell that is neither, naming the next four as well.
 */
export function numberColumn(text: DelimitedText, column: CellColumn): readonly (number | null)[] {
  const { decimalSeparator } = text.format
  const bad: Cell[] = []
  const values = column.cells.map((cell) => {
    if (isMissing(cell.text)) return null
    const value = parseNumber(cell.text, decimalSeparator)
    if (value === null) bad.push(cell)
    return value
  })
  const [first, ...others] = bad
  if (first === undefined) return values
  const more = others.slice(0, NAMED - 1).map((cell) => `line ${cell.line} ${JSON.stringify(cell.text.slice(0, 30))}`)
  const rest = others.length > more.length ? ' …' : ''
  const also = more.length === 0 ? '' : ` (${bad.length} such cells: also ${more.join(', ')}${rest})`
  throw new DataError({
    file: text.file,
    position: { line: first.line, column: first.column, header: column.header },
    text: first.text,
    problem: `is not a number${also}`,
    expected: numberHint(first.text, decimalSeparator),
  })
}
