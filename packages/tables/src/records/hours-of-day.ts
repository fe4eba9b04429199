import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { DataError } from '../data-error.ts'

/** Rows of a subject, from `from` up to, not including, `to`. */
interface Rows {
  readonly from: number
  readonly to: number
}

/** Columns of times and of dates. */
interface Columns {
  readonly time: number
  readonly date: number
}

/**
 * Whether numbers in a column of times are hours of the day, as NONMEM takes them beside dates: they lie from 0 to 24, and go
 * back where the date goes on. Where they never go back they may as well count on; then `report` is told of the first date
 * that changes.
 */
export function areHoursOfDay(
  text: DelimitedText,
  { time, date }: Columns,
  blocks: readonly Rows[],
  report: (error: DataError) => void,
): boolean {
  const hours = text.rows.map((row) => parseNumber(row[time]?.text ?? '', text.format.decimalSeparator))
  if (hours.some((hour) => hour !== null && !(hour >= 0 && hour < 24))) return false
  let changed: Cell | undefined
  for (const { from, to } of blocks) {
    for (let row = from + 1; row < to; row++) {
      const [before, cell] = [text.rows[row - 1]?.[date], text.rows[row]?.[date]]
      if (cell === undefined || before === undefined || cell.text === before.text) continue
      if ((hours[row] ?? 0) < (hours[row - 1] ?? 0)) return true
      changed ??= cell
    }
  }
  if (changed === undefined) return false
  const header = text.header[date]?.text ?? 'DATE'
  report(
    new DataError({
      file: text.file,
      position: { line: changed.line, column: changed.column, header },
      text: changed.text,
      problem: `is another date than in the row above, beside times that are numbers below 24: NONMEM takes them for hours of the day, but they may count on`,
      expected: `write times of the day as 8:30; where they count on leave the dates out (--ignore ${header})`,
    }),
  )
  return false
}
