import { DataError } from '../data-error.ts'
import type { Cell, DelimitedLimits, DetectedFormat } from './delimited-text.ts'

/** Records of a text as they stand, with what was seen on the way. */
export interface SplitText {
  readonly records: readonly (readonly Cell[])[]
  readonly lineEnding: DetectedFormat['lineEnding']
  /** Unquoted cells that began or ended with spaces. */
  readonly trimmed: number
  /** Lines of the comments that were left out. */
  readonly comments: readonly number[]
}

/** How a text is split. */
export interface Splitting {
  /** Whether to leave out lines that begin with `#` or `@`, up to their end. */
  readonly skipComments?: boolean
  /** Is told how many records there are, after each `rowsToTell` of them. */
  readonly onRows?: (rows: number) => void
}

const DELETE = 127
const rowsToTell = 20_000

/**
 * Splits a text into records of cells by RFC 4180, in one pass. A record that is a blank line has one empty cell.
 *
 * @throws DataError for control characters, misplaced or unclosed quotes, and what exceeds the limits.
 */
export function splitRecords(
  text: string,
  file: string,
  delimiter: DetectedFormat['delimiter'],
  limits: Required<DelimitedLimits>,
  { skipComments = false, onRows }: Splitting = {},
): SplitText {
  const records: Cell[][] = []
  const comments: number[] = []
  const endings = new Set<'LF' | 'CRLF' | 'CR'>()
  let record: Cell[] = []
  let cells = 0
  let trimmed = 0
  let i = 0
  let line = 1
  let lineStart = 0

  const refuse = (problem: string, expected: string, at: { line: number; column: number }, quoted?: string): never => {
    throw new DataError({ file, position: at, problem, expected, ...(quoted === undefined ? {} : { text: quoted }) })
  }
  const here = () => ({ line, column: i - lineStart + 1 })

  /** Steps over a line end at i; false when there is none. */
  const lineEnd = (): boolean => {
    const c = text[i]
    if (c !== '\n' && c !== '\r') return false
    const crlf = c === '\r' && text[i + 1] === '\n'
    endings.add(crlf ? 'CRLF' : c === '\r' ? 'CR' : 'LF')
    i += crlf ? 2 : 1
    line++
    lineStart = i
    return true
  }
  const checkCharacter = () => {
    const code = text.charCodeAt(i)
    if (code === 0)
      refuse('there is a NUL character', 'the file is binary, or encoded as UTF-16: save it as "CSV UTF-8"', here())
    if ((code < 32 && code !== 9) || code === DELETE)
      refuse(`there is a control character (code ${code})`, 'remove it: only text is allowed', here())
    if (code === 0xfffd)
      refuse('there is an undecodable character', 'the text must be encoded as UTF-8: save it as "CSV UTF-8"', here())
  }
  const checkLength = (length: number, start: { line: number; column: number }) => {
    if (length > limits.cellLength)
      refuse(`the cell is longer than ${limits.cellLength} characters`, 'a quote may be missing', start)
  }
  const push = (cell: Cell) => {
    record.push(cell)
    cells++
    if (record.length > limits.columns)
      refuse(`there are more than ${limits.columns} columns`, 'split the file, or raise the limit', cell)
    if (cells > limits.cells)
      refuse(`there are more than ${limits.cells} cells`, 'split the file, or raise the limit', cell)
  }
  const quotedCell = () => {
    const start = here()
    const parts: string[] = []
    i++
    let from = i
    for (;;) {
      if (i >= text.length)
        refuse('a quote opens and is never closed', 'close it with ", and write a quote inside a cell as ""', start)
      if (text[i] === '"') {
        parts.push(text.slice(from, i))
        if (text[i + 1] !== '"') break
        parts.push('"')
        i += 2
        from = i
      } else if (!lineEnd()) {
        checkCharacter()
        i++
      }
      checkLength(i - from, start)
    }
    i++
    const c = text[i]
    if (c !== undefined && c !== delimiter && c !== '\n' && c !== '\r')
      refuse(
        'there is text behind the closing quote',
        'write a quote inside a cell as ""',
        here(),
        text.slice(i, i + 20),
      )
    const content = parts.join('')
    checkLength(content.length, start)
    push({ text: content, ...start })
  }
  const plainCell = () => {
    const from = i
    const start = here()
    for (; i < text.length; i++) {
      const c = text[i]
      if (c === delimiter || c === '\n' || c === '\r') break
      if (c === '"')
        refuse(
          'there is a quote inside a cell',
          text[from] === '='
            ? 'a spreadsheet wrote the cell as a formula: write 1 in place of ="1"'
            : 'put the whole cell in quotes, with "" for a quote',
          here(),
        )
      checkCharacter()
      checkLength(i - from, start)
    }
    const raw = text.slice(from, i)
    const content = raw.trim()
    if (content.length < raw.length) trimmed++
    push({ text: content, ...start })
  }

  while (i < text.length) {
    if (skipComments && record.length === 0 && (text[i] === '#' || text[i] === '@')) {
      comments.push(line)
      while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++
      lineEnd()
      continue
    }
    if (text[i] === '"') quotedCell()
    else plainCell()
    if (text[i] === delimiter) {
      i++
      if (i < text.length) continue
      push({ text: '', ...here() })
    }
    records.push(record)
    if (onRows !== undefined && records.length % rowsToTell === 0) onRows(records.length)
    record = []
    lineEnd()
  }
  const [ending = 'none'] = endings
  return { records, lineEnding: endings.size > 1 ? 'mixed' : ending, trimmed, comments }
}
