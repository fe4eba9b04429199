import {
  checkEventData,
  DataError,
  type DelimitedText,
  decodeData,
  type EventData,
  type EventDataOptions,
  guessColumns,
  isMissing,
  parseDelimited,
  parseNumber,
} from '@cartkin/tables'
import {
  type DataFault,
  type FileEvents,
  type FilePage,
  type FileReading,
  type GroupColumn,
  pageRows,
} from './file-reading.ts'

/** Most different texts of a column that tells groups apart. */
const mostLevels = 12
/** Most lines that are kept of a file that could not be taken apart. */
const mostLines = 100_000

/** A file that has been read, and its rows. */
export interface ReadFile {
  readonly reading: FileReading
  /** The page that begins with a row, from 0. */
  page(from: number): FilePage
  /** The place, from 0, of the row that stands in a line, or of the next one. */
  rowOf(line: number): number
}

/** Reads a data file: everything that is known of it, whether it can be used or not. */
export function readFile(bytes: Uint8Array, name: string, options: EventDataOptions): ReadFile {
  let content: ReturnType<typeof decodeData>
  try {
    content = decodeData(bytes, name)
  } catch (error) {
    return untaken([], faultsOf(error), null)
  }
  let text: DelimitedText
  try {
    text = parseDelimited(content.text, name, {
      comments: true,
      ...(options.decimalSeparator === undefined ? {} : { decimalSeparator: options.decimalSeparator }),
      ...(options.onRows === undefined ? {} : { onRows: options.onRows }),
    })
  } catch (error) {
    return untaken(content.text.split(/\r\n|\n|\r/, mostLines), faultsOf(error), content.encoding)
  }
  // columns that a file of other people's choices does not have are no fault of the file
  const headers = new Set(text.header.map((cell) => cell.text))
  const columns = Object.fromEntries(Object.entries(options.columns ?? {}).filter(([, header]) => headers.has(header)))
  const ignore = (options.ignore ?? []).filter((header) => headers.has(header))
  const { onRows: _, ...rest } = options
  const { data, errors, doubts, notes } = checkEventData(bytes, name, { ...rest, columns, ignore })
  const guessed = guessColumns(text, columns, ignore)
  const reading: FileReading = {
    rows: text.rows.length,
    header: text.header.map((cell) => cell.text),
    format: text.format,
    encoding: content.encoding,
    columns:
      data?.columns ??
      text.header.map((cell, index) => ({
        header: cell.text,
        meaning: guessed[index] ?? (ignore.includes(cell.text) ? 'ignored' : 'covariate'),
        unit: '',
      })),
    faults: errors.map(asFault),
    doubts: doubts.map(asFault),
    notes,
    events: data === undefined ? null : eventsOf(data, text),
  }
  return {
    reading,
    page: (from) => ({
      rows: text.rows.length,
      from,
      shown: text.rows.slice(from, from + pageRows).map((row) => ({
        line: row[0]?.line ?? 0,
        cells: row.map((cell) => plainNumber(cell.text, text.format.decimalSeparator)),
      })),
    }),
    rowOf(line) {
      const at = text.rows.findIndex((row) => (row[0]?.line ?? 0) >= line)
      return at < 0 ? Math.max(0, text.rows.length - 1) : at
    },
  }
}

/** A file whose lines are shown as they are. */
function untaken(lines: readonly string[], faults: readonly DataFault[], encoding: FileReading['encoding']): ReadFile {
  const reading = { rows: lines.length, header: [], format: null, encoding, columns: [] }
  return {
    reading: { ...reading, faults, doubts: [], notes: [], events: null },
    page: (from) => ({
      rows: lines.length,
      from,
      shown: lines.slice(from, from + pageRows).map((line, k) => ({ line: from + k + 1, cells: [line.slice(0, 300)] })),
    }),
    rowOf: (line) => Math.min(lines.length, Math.max(1, line)) - 1,
  }
}

function faultsOf(error: unknown): readonly DataFault[] {
  if (!(error instanceof DataError)) throw error
  return [error, ...error.others].map(asFault)
}

function asFault({ problem, expected, text = '', position }: DataError): DataFault {
  const place = position ? { line: position.line, column: position.column, header: position.header ?? '' } : null
  return { problem, expected, text: text.slice(0, 200), place }
}

/** A number with a decimal point; every other text as it is. */
function plainNumber(text: string, decimalSeparator: '.' | ','): string {
  return decimalSeparator === ',' && parseNumber(text, ',') !== null ? text.replace(',', '.') : text
}

function eventsOf(data: EventData, text: DelimitedText): FileEvents {
  const { subjects, covariates, timeUnit, units } = data
  const lines = subjects.map(({ records }, subject) => records.map((_, record) => data.lineOf(subject, record)))
  return { subjects, lines, covariates, timeUnit, units, groups: groupColumns(data, text, lines) }
}

/** Columns with no meaning of their own, and few different contents, of which each subject has one in its first row. */
function groupColumns(
  { columns }: EventData,
  text: DelimitedText,
  lines: readonly (readonly number[])[],
): readonly GroupColumn[] {
  const rowOfLine = new Map(text.rows.map((row) => [row[0]?.line ?? 0, row] as const))
  const firsts = lines.map(([first = 0]) => rowOfLine.get(first))
  return columns.flatMap(({ header, meaning }, index): GroupColumn[] => {
    if (meaning !== 'covariate' && meaning !== 'text') return []
    const own = firsts.map((row) => {
      const content = row?.[index]?.text ?? ''
      return isMissing(content) ? '' : content
    })
    const levels = [...new Set(own)]
    const isGroup = levels.length > 1 && levels.length <= mostLevels
    return isGroup ? [{ header, levels, ofSubject: own.map((content) => levels.indexOf(content)) }] : []
  })
}
