import { type DateForm, last20, parseDate } from '../cells/clock-time.ts'
import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { DataError } from '../data-error.ts'

/**
 * What is said of a column of dates whose years have two digits, as the first of them has: NONMEM reads them by LAST20.
 * Undefined where years have four digits.
 *
 * @param report is told where the years would lie closer together in one century.
 */
export function shortYears(
  text: DelimitedText,
  form: DateForm,
  index: number,
  report: (error: DataError) => void,
): readonly string[] | undefined {
  const header = text.header[index]?.text ?? form
  const cells = text.rows.flatMap((row) => (row[index] === undefined ? [] : [row[index]]))
  const first = cells.find((cell) => !isMissing(cell.text))
  if (first === undefined || parseDate(first.text, form) !== null || parseDate(first.text, form, true) === null)
    return undefined
  const days = cells.flatMap((cell) => {
    const day = parseDate(cell.text, form, true)
    return day === null ? [] : [{ cell, day, year: new Date(day * 86_400_000).getUTCFullYear() }]
  })
  const earliest = days.reduce((a, b) => (b.day < a.day ? b : a), days[0] ?? { cell: first, day: 0, year: 0 })
  const latest = days.reduce((a, b) => (b.day > a.day ? b : a), earliest)
  let [least, most] = [99, 0]
  for (const { year } of days) {
    least = Math.min(least, year % 100)
    most = Math.max(most, year % 100)
  }
  if (latest.year - earliest.year > most - least) report(unclear(text, header, latest, earliest))
  return [
    `years in ${header} have two digits: 00 to ${last20} are 2000 to ${2000 + last20}, ${last20 + 1} to 99 are ${1901 + last20} to 1999, as in NONMEM; the dates are from ${earliest.year} to ${latest.year}`,
  ]
}

interface Dated {
  readonly cell: Cell
  readonly year: number
}

function unclear({ file }: DelimitedText, header: string, { cell, year }: Dated, other: Dated): DataError {
  return new DataError({
    file,
    position: { line: cell.line, column: cell.column, header },
    text: cell.text,
    problem: `is in ${year} by the rule for years of two digits, and ${other.cell.text} in line ${other.cell.line} in ${other.year}`,
    expected: 'give years of four digits',
  })
}
