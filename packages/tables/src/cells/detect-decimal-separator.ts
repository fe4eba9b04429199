import { DataError } from '../data-error.ts'
import type { Cell, DetectedFormat } from './delimited-text.ts'
import { limitToken } from './limit-token.ts'
import { isMissing } from './missing-value.ts'
import { parseNumber } from './parse-number.ts'

interface Found {
  readonly cell: Cell
  readonly header: string
}

/** What the numbers of one column say. */
interface Separators {
  readonly point?: Cell
  readonly comma?: Cell
  /** A number with one group of three digits behind its separator, as thousands are written. */
  readonly grouped?: Cell
  /** Whether another number shows that the separator is a decimal one. */
  readonly decided: boolean
}

/** Whether a number could be one of thousands: `1,234`, but not `0,234`, `1,2345` or `1,234e1`. */
function isGrouped(text: string, separator: '.' | ','): boolean {
  const unsigned = text[0] === '-' || text[0] === '+' ? text.slice(1) : text
  const at = unsigned.indexOf(separator)
  const digits = (part: string) => part !== '' && [...part].every((c) => c >= '0' && c <= '9')
  const rest = unsigned.slice(at + 1)
  return at >= 1 && at <= 3 && unsigned[0] !== '0' && rest.length === 3 && digits(unsigned.slice(0, at)) && digits(rest)
}

/** @returns undefined for a column that holds anything but numbers and missing values. */
function separatorsOf(index: number, rows: readonly (readonly Cell[])[]): Separators | undefined {
  let point: Cell | undefined
  let comma: Cell | undefined
  let grouped: Cell | undefined
  let decided = false
  for (const row of rows) {
    const cell = row[index]
    if (cell === undefined || isMissing(cell.text)) continue
    const token = limitToken(cell.text)
    if (token?.limit === null) continue
    const number = token?.limit ?? cell.text
    const byPoint = parseNumber(number, '.') !== null
    const byComma = parseNumber(number, ',') !== null
    if (!byPoint && !byComma) return undefined
    if (byPoint === byComma) continue
    if (byPoint) point ??= cell
    else comma ??= cell
    if (isGrouped(number, byPoint ? '.' : ',')) grouped ??= cell
    else decided = true
  }
  return { decided, ...(point ? { point } : {}), ...(comma ? { comma } : {}), ...(grouped ? { grouped } : {}) }
}

/**
 * Finds the decimal separator of cells that are not separated by commas, from the columns that hold nothing but numbers.
 *
 * @throws DataError when some of these numbers have a point and some a comma, or when every one could as well have a
 *   separator of thousands (`1,234`; `1.234` between semicolons).
 */
export function detectDecimalSeparator(
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  file: string,
  delimiter: DetectedFormat['delimiter'],
): '.' | ',' {
  let point: Found | undefined
  let comma: Found | undefined
  let grouped: Found | undefined
  let decided = false
  for (const [index, name] of header.entries()) {
    const found = separatorsOf(index, rows)
    if (found === undefined) continue
    if (found.point) point ??= { cell: found.point, header: name.text }
    if (found.comma) comma ??= { cell: found.comma, header: name.text }
    if (found.grouped) grouped ??= { cell: found.grouped, header: name.text }
    decided ||= found.decided
  }
  const refuse = ({ cell, header: name }: Found, problem: string, expected: string): DataError =>
    new DataError({
      file,
      position: { line: cell.line, column: cell.column, header: name },
      text: cell.text,
      problem,
      expected,
    })
  if (point !== undefined && comma !== undefined)
    throw refuse(
      comma,
      `has a decimal comma, but ${JSON.stringify(point.cell.text)} in line ${point.cell.line} (${point.header}) has a decimal point`,
      'use one of them in the whole file, and no separators of thousands',
    )
  const separator = comma === undefined ? '.' : ','
  if (grouped !== undefined && !decided && (separator === ',' || delimiter === ';'))
    throw refuse(
      grouped,
      `may be a decimal number or one with a separator of thousands, and no number of the file tells which`,
      `write it without separators of thousands, with one more decimal digit (a 0), or say what separates decimals`,
    )
  return separator
}
