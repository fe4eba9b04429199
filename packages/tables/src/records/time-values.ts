import { cellError } from '../cells/cell-error.ts'
import {
  type DateForm,
  dateForms,
  dateFormText,
  type Moment,
  parseClock,
  parseDate,
  parseTimestamp,
} from '../cells/clock-time.ts'
import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { parseNumber } from '../cells/parse-number.ts'
import type { EventColumns } from '../columns/event-columns.ts'
import { DataError } from '../data-error.ts'
import { areHoursOfDay } from './hours-of-day.ts'
import { shortYears } from './short-years.ts'

/** Rows of a subject, from `from` up to, not including, `to`. */
interface Rows {
  readonly from: number
  readonly to: number
}

/** Times of all rows. */
export interface TimeValues {
  /** Null where a row has none. */
  readonly values: readonly (number | null)[]
  /** `h` where they were dates or clock times; else what the header says. */
  readonly unit: string
  readonly notes: readonly string[]
}

/** What the cells of a column of times are. */
type Kind = 'number' | 'clock' | 'timestamp' | 'date'

function kindOf(text: string, separator: '.' | ',', form: DateForm | undefined): Kind | null {
  if (parseNumber(text, separator) !== null) return 'number'
  if (parseClock(text) !== null) return 'clock'
  if (parseTimestamp(text) !== null) return 'timestamp'
  if (form === undefined) return null
  return parseDate(text, form) !== null || parseDate(text, form, true) !== null ? 'date' : null
}

const EXPECTED: Readonly<Record<Kind, string>> = {
  number: 'a number in the unit of the model, as the rows above',
  clock: 'a clock time such as 8:30, as the rows above',
  timestamp: 'a timestamp such as 2024-01-31T08:30, as the rows above',
  date: 'a date, as the rows above',
}

/**
 * The times of all rows: numbers as they stand; clock times (`8:30`, with or without a column DATE, DAT1, DAT2 or DAT3) and
 * timestamps (ISO 8601) as hours since the first record of each subject, as in NONMEM.
 *
 * @param blocks the subjects.
 * @param report is told of every cell that is none.
 */
export function timeValues(
  text: DelimitedText,
  { standard, timeForm, timeUnit }: EventColumns,
  blocks: readonly Rows[],
  report: (error: DataError) => void,
): TimeValues {
  const dateForm = dateForms.find((form) => standard.has(form))
  const dateIndex = dateForm === undefined ? undefined : standard.get(dateForm)
  const index = standard.get('TIME') ?? 0
  const header = text.header[index]?.text ?? 'TIME'
  const separator = text.format.decimalSeparator
  const cells = text.rows.map((row) => row[index]!)
  const kinds = cells.map((cell) => (isMissing(cell.text) ? undefined : kindOf(cell.text, separator, timeForm)))
  const kind = kinds.find((found) => found !== undefined && found !== null) ?? 'number'
  const sound = cells.map((cell, row) => {
    const found = kinds[row]
    if (found === undefined || found === kind) return found !== undefined
    report(cellError(text, cell, header, problemOf(found, kind), timeExpected(cell.text, kind)))
    return false
  })
  const isDaily =
    kind === 'number' &&
    dateIndex !== undefined &&
    areHoursOfDay(text, { time: index, date: dateIndex }, blocks, report)
  if (kind === 'number' && !isDaily) {
    const values = cells.map((cell, row) => (sound[row] ? parseNumber(cell.text, separator) : null))
    const notes =
      dateIndex === undefined ? [] : [`${text.header[dateIndex]?.text} is not used, since ${header} holds numbers`]
    return { values, unit: timeUnit, notes }
  }
  const dates =
    (kind === 'clock' || isDaily) && dateForm !== undefined
      ? { form: dateForm, index: dateIndex ?? 0 }
      : kind === 'date' && timeForm !== undefined
        ? { form: timeForm, index }
        : undefined
  const years = dates === undefined ? undefined : shortYears(text, dates.form, dates.index, report)
  const day = dates === undefined ? undefined : dayReader(text, dates.form, dates.index, years !== undefined, report)
  let zoned: boolean | undefined
  const moment = (row: number): number | null => {
    const cell = cells[row]!
    if (!sound[row]) return null
    if (kind === 'date') {
      const date = day?.(row) ?? null
      return date === null ? null : date * 86_400
    }
    if (kind === 'clock' || isDaily) return clockMoment(row, cell)
    const found: Moment | null = parseTimestamp(cell.text)
    if (found === null) return null
    zoned ??= found.zoned
    if (found.zoned !== zoned)
      report(
        cellError(
          text,
          cell,
          header,
          `${found.zoned ? 'says' : 'does not say'} its offset from UTC, unlike the rows above`,
          'say it everywhere or nowhere',
        ),
      )
    return found.seconds
  }
  const clockMoment = (row: number, cell: Cell): number | null => {
    const clock = isDaily ? (parseNumber(cell.text, separator) ?? 0) * 3600 : parseClock(cell.text)
    if (clock === null || day === undefined) return clock
    if (clock >= 86_400)
      report(cellError(text, cell, header, 'is no time of a day', 'beside a date, times end at 23:59'))
    const date = day(row)
    return date === null ? null : date * 86_400 + clock
  }
  const seconds = cells.map((_, row) => moment(row))
  const values = new Array<number | null>(cells.length).fill(null)
  for (const { from, to } of blocks) {
    const first = seconds.slice(from, to).find((value) => value !== null) ?? 0
    for (let row = from; row < to; row++) {
      const value = seconds[row] ?? null
      values[row] = value === null ? null : (value - first) / 3600
    }
  }
  if (timeUnit !== '' && !['h', 'hr', 'hour', 'hours'].includes(timeUnit.toLowerCase()))
    report(
      new DataError({
        file: text.file,
        position: { line: text.header[index]?.line ?? 1, column: text.header[index]?.column ?? 1, header },
        problem: `says ${timeUnit}, but holds ${isDaily ? 'hours of the day' : kind === 'clock' ? 'clock times' : `${kind}s`}, which become hours`,
        expected: 'take away the unit, or give numbers',
      }),
    )
  const dated =
    (kind !== 'clock' && !isDaily) || dateForm === undefined || dateIndex === undefined
      ? ''
      : ` with ${text.header[dateIndex]?.text} as ${areNumbered(text, dateIndex) ? 'whole days' : dateFormText(dateForm)}`
  const what =
    kind === 'clock' || isDaily
      ? `${isDaily ? 'hours of the day' : 'clock times'}${dated}`
      : kind === 'date'
        ? `dates (${dateFormText(timeForm ?? 'DATE')})`
        : 'timestamps'
  return {
    values,
    unit: 'h',
    notes: [
      `${header} holds ${what}: times are hours since the first record of each subject (a day has 24 hours)`,
      ...(years ?? []),
    ],
  }
}

function timeExpected(text: string, kind: Kind): string {
  if (kind === 'number' && (text.includes(':') || text.indexOf('-', 1) > 0 || text.includes('/')))
    return `${EXPECTED.number}; dates and clock times are read as 2024-01-31T08:30 in TIME, or 8:30 in TIME with 1/31/2024 in DATE (DAT1 31/1/2024), in all rows`
  return `${EXPECTED[kind]}, is needed`
}

/** Days of the rows by a column of dates; numbers of days where the first cell is a number, as NONMEM allows. */
function dayReader(
  text: DelimitedText,
  form: DateForm,
  index: number,
  short: boolean,
  report: (error: DataError) => void,
): (row: number) => number | null {
  const header = text.header[index]?.text ?? form
  const numbered = areNumbered(text, index)
  return (row) => {
    const cell = text.rows[row]?.[index]
    if (cell === undefined) return null
    const day = numbered ? wholeNumber(cell.text) : parseDate(cell.text, form, short)
    if (day !== null) return day
    const order = numbered
      ? 'a whole number of days'
      : `${dateFormText(form)}, with a year of ${short ? 'two digits as in the rows above' : 'four digits'}`
    report(
      cellError(
        text,
        cell,
        header,
        'is no date',
        `${order}, is needed in every row (DATE is month/day/year, DAT1 day/month/year, DAT2 year/month/day, DAT3 year/day/month)`,
      ),
    )
    return null
  }
}

/** Whether a column of dates holds numbers of days, as its first cell does. */
function areNumbered(text: DelimitedText, index: number): boolean {
  const first = text.rows.map((row) => row[index]!).find((cell) => !isMissing(cell.text))
  return first !== undefined && wholeNumber(first.text) !== null
}

function wholeNumber(text: string): number | null {
  const value = parseNumber(text)
  return value !== null && Number.isSafeInteger(value) ? value : null
}

function problemOf(found: Kind | null, kind: Kind): string {
  if (found === null) return kind === 'number' ? 'is not a number' : 'is not a time'
  return `is a ${found === 'clock' ? 'clock time' : found}, unlike the rows above`
}
