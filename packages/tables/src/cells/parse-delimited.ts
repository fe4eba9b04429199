import { combinedError, DataError, mostTold } from '../data-error.ts'
import type { Cell, DelimitedLimits, DelimitedReading, DelimitedText } from './delimited-text.ts'
import { detectDecimalSeparator } from './detect-decimal-separator.ts'
import { detectDelimiter } from './detect-delimiter.ts'
import { isMissing } from './missing-value.ts'
import { parseNumber } from './parse-number.ts'
import { splitRecords } from './split-records.ts'

const LIMITS: Required<DelimitedLimits> = {
  characters: 200_000_000,
  cells: 4_000_000,
  columns: 1_000,
  cellLength: 10_000,
}

function isBlank(record: readonly Cell[]): boolean {
  return record.every((cell) => cell.text === '')
}

function checkHeader(header: readonly Cell[], file: string): void {
  const places = new Map<string, number>()
  for (const [index, { text, line, column }] of header.entries()) {
    if (text === '')
      throw new DataError({
        file,
        position: { line, column },
        problem: `table column ${index + 1} has no name`,
        expected: 'every column needs one in the first line (R: write.csv(…, row.names = FALSE))',
      })
    const earlier = places.get(text)
    if (earlier !== undefined)
      throw new DataError({
        file,
        position: { line, column },
        text,
        problem: `names table columns ${earlier} and ${index + 1}`,
        expected: 'names must differ',
      })
    places.set(text, index + 1)
  }
}

/** What is wrong with a row that is shorter or longer than the header. */
function widthError(header: readonly Cell[], row: readonly Cell[], file: string, delimiter: string): DataError {
  const surplus = row[header.length]
  const place = surplus ?? row[row.length - 1]
  const counts = `the row has ${row.length} cell${row.length === 1 ? '' : 's'}, the header ${header.length}`
  return new DataError({
    file,
    ...(place === undefined ? {} : { position: { line: place.line, column: place.column } }),
    ...(surplus === undefined ? {} : { text: surplus.text }),
    ...(surplus !== undefined
      ? {
          problem: `is one cell too many: ${counts}`,
          expected:
            surplus.text === '' && row.length === header.length + 1
              ? 'take away the delimiter at the end of the row'
              : `put a cell that holds the delimiter in quotes${delimiter === ',' ? ', and write numbers with a decimal point' : ''}`,
        }
      : row.length === 1 && row[0]?.text === ''
        ? { problem: 'the line is blank', expected: 'take away blank lines between rows' }
        : { problem: counts, expected: 'add the missing cells (empty ones count)' }),
  })
}

/** The line that begins at a place, without its end, and where the next one begins. */
function lineAt(text: string, at: number): { readonly line: string; readonly next: number } {
  let end = at
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  const crlf = text[end] === '\r' && text[end + 1] === '\n'
  return { line: text.slice(at, end), next: end + (crlf ? 2 : 1) }
}

/** Whether a line holds numbers and missing values alone, whatever separates them. */
function holdsNumbers(line: string): boolean {
  return ([',', ';', '\t'] as const).some((delimiter) => {
    const cells = line.split(delimiter).map((cell) => cell.trim())
    const numbers = cells.filter((cell) => parseNumber(cell, '.') !== null || parseNumber(cell, ',') !== null)
    return cells.length > 1 && numbers.length > 0 && cells.every((cell) => isMissing(cell) || numbers.includes(cell))
  })
}

/** Whether a comment names as many columns as the next line has cells, the first of them ID: `#ID,TIME,DV`. */
function namesColumns(comment: string, next: string): boolean {
  const found = /^[#@]\s*"?ID"?\s*([,;\t])/i.exec(comment)
  const delimiter = found?.[1]
  return delimiter !== undefined && comment.split(delimiter).length === next.split(delimiter).length
}

/** A text whose header is a comment (`#ID,TIME,DV`), without the mark that makes it one; else the text as it is. */
function withHeader(text: string): string {
  let comment: number | undefined
  for (let at = 0; at < text.length; ) {
    const { line, next } = lineAt(text, at)
    if (line[0] !== '#' && line[0] !== '@')
      return comment !== undefined && (holdsNumbers(line) || namesColumns(lineAt(text, comment).line, line))
        ? `${text.slice(0, comment)} ${text.slice(comment + 1)}`
        : text
    comment = at
    at = next
  }
  return text
}

/** Whether a row repeats the header, as in files put one behind the other. */
function isHeader(row: readonly Cell[], header: readonly Cell[]): boolean {
  return row.length === header.length && row.every((cell, index) => cell.text === header[index]?.text)
}

function commentNote(lines: readonly number[]): string {
  const [first] = lines
  return lines.length === 1
    ? `line ${first} is a comment (it begins with # or @) and was left out`
    : `${lines.length} lines are comments (they begin with # or @) and were left out; the first is line ${first}`
}

function notesOf(trimmed: number, blankEnd: number, lineEnding: string): readonly string[] {
  const notes: string[] = []
  if (trimmed > 0) notes.push(`spaces around ${trimmed} cell${trimmed === 1 ? '' : 's'} were taken away`)
  if (blankEnd > 0) notes.push(`${blankEnd} blank line${blankEnd === 1 ? '' : 's'} at the end left out`)
  if (lineEnding === 'mixed') notes.push('line ends of several kinds (LF, CRLF, CR) were read')
  return notes
}

/**
 * Reads comma-, semicolon- or TAB-separated text strictly: nothing is renamed, dropped or filled in without a note. The delimiter
 * (outside quotes, in the header) and the decimal separator are detected and reported.
 *
 * @param file name used in messages.
 * @throws DataError with line and column, for: an empty file or one without rows, a single column, unnamed or repeated
 *   columns, ragged rows, blank lines between rows, misplaced or unclosed quotes, control characters, mixed decimal
 *   separators, and anything above the limits.
 */
export function parseDelimited(text: string, file: string, reading: DelimitedReading = {}): DelimitedText {
  const bounds = { ...LIMITS, ...reading.limits }
  const comments = reading.comments ?? false
  if (text.length > bounds.characters)
    throw new DataError({
      file,
      problem: `has ${text.length} characters, more than ${bounds.characters}`,
      expected: 'split the file, or raise the limit',
    })
  const byteOrderMark = text.startsWith('\uFEFF')
  const bare = byteOrderMark ? text.slice(1) : text
  const body = comments ? withHeader(bare) : bare
  if (body.trim() === '')
    throw new DataError({ file, problem: 'is empty', expected: 'a header line and at least one row are needed' })
  const first = lineAt(body, 0).line
  if (first.length <= 6 && first.toLowerCase().startsWith('sep='))
    throw new DataError({
      file,
      position: { line: 1, column: 1 },
      text: first,
      problem: 'is a line for a spreadsheet, where the names of the columns are needed',
      expected: 'remove the line',
    })
  const delimiter = detectDelimiter(body, file, comments)
  const {
    records,
    lineEnding,
    trimmed,
    comments: skipped,
  } = splitRecords(body, file, delimiter, bounds, {
    skipComments: comments,
    ...(reading.onRows === undefined ? {} : { onRows: reading.onRows }),
  })
  let end = records.length
  while (end > 0 && isBlank(records[end - 1] ?? [])) end--
  const [header = [], ...below] = records.slice(0, end)
  const rows = comments ? below.filter((row) => !isHeader(row, header)) : below
  checkHeader(header, file)
  if (rows.length === 0)
    throw new DataError({
      file,
      position: { line: 2, column: 1 },
      problem: 'there is a header but no row',
      expected: 'at least one row is needed',
    })
  const ragged = rows.filter((row) => row.length !== header.length)
  const error = combinedError(ragged.slice(0, mostTold).map((row) => widthError(header, row, file, delimiter)))
  if (error !== undefined) throw error
  return {
    file,
    format: {
      delimiter,
      decimalSeparator:
        reading.decimalSeparator ?? (delimiter === ',' ? '.' : detectDecimalSeparator(header, rows, file, delimiter)),
      byteOrderMark,
      lineEnding,
    },
    header,
    rows,
    notes: [
      ...(body.endsWith('\n') || body.endsWith('\r')
        ? []
        : ['the last line has no line end: the file may have been cut off']),
      ...notesOf(trimmed, records.length - end, lineEnding),
      ...(skipped.length === 0 ? [] : [commentNote(skipped)]),
      ...(rows.length === below.length
        ? []
        : [`${below.length - rows.length} of the lines repeat the names of the columns and were left out`]),
      ...(body === bare ? [] : ['the names of the columns were read from a line that begins as a comment']),
    ],
  }
}
