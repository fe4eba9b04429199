import { DataError, type DataPosition } from '../data-error.ts'
import type { DetectedEncoding } from './delimited-text.ts'

/** Text of a data file with what its bytes turned out to be. */
export interface DecodedData {
  /** A byte order mark is kept as the first character, for the reader to report. */
  readonly text: string
  readonly encoding: DetectedEncoding
}

/** Bytes to which Windows-1252 gives no character. */
const UNASSIGNED: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

const AS_UTF8 = 'save the file as UTF-8 (a spreadsheet calls it "CSV UTF-8")'

const AS_CSV = 'unpack it, or save its table as a text (a spreadsheet calls it "CSV UTF-8")'

function packedAs([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return 'an Excel workbook or another ZIP archive'
  return a === 0x1f && b === 0x8b ? 'a compressed file (gzip)' : undefined
}

function byMark(bytes: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | 'UTF-32' | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16LE'
  if (a === 0xfe && b === 0xff) return 'UTF-16BE'
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 'UTF-32' : undefined
}

function decoded(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Line and column of a byte in a text of one byte per character. */
function placeOf(bytes: Uint8Array, index: number): DataPosition {
  let line = 1
  let start = 0
  for (let i = 0; i < index; i++) {
    const crlf = bytes[i] === 0x0d && bytes[i + 1] === 0x0a
    if (bytes[i] !== 0x0a && (bytes[i] !== 0x0d || crlf)) continue
    line++
    start = i + 1
  }
  return { line, column: index - start + 1 }
}

/**
 * Decodes the bytes of a data file: UTF-16 where a byte order mark says so, UTF-8 where the bytes are valid UTF-8, and
 * Windows-1252 (of which Latin-1 is a part) otherwise. The encoding found is given back, to be shown.
 *
 * @throws DataError for archives, UTF-32, broken UTF-16, and bytes to which neither UTF-8 nor Windows-1252 gives a character.
 */
export function decodeData(bytes: Uint8Array, file: string): DecodedData {
  const mark = byMark(bytes)
  if (mark === 'UTF-32') throw new DataError({ file, problem: 'is encoded as UTF-32', expected: AS_UTF8 })
  if (mark !== undefined) {
    const text = decoded(bytes, mark)
    if (text === undefined)
      throw new DataError({ file, problem: `begins as ${mark}, but holds bytes that are not`, expected: AS_UTF8 })
    return { text, encoding: mark }
  }
  const packed = packedAs(bytes)
  if (packed !== undefined) throw new DataError({ file, problem: `is ${packed}, not a text`, expected: AS_CSV })
  const text = decoded(bytes, 'utf-8')
  if (text !== undefined) return { text, encoding: 'UTF-8' }
  const unassigned = bytes.findIndex((byte) => UNASSIGNED.has(byte))
  if (unassigned >= 0)
    throw new DataError({
      file,
      position: placeOf(bytes, unassigned),
      problem: `byte 0x${bytes[unassigned]?.toString(16)} is a character neither in UTF-8 nor in Windows-1252`,
      expected: AS_UTF8,
    })
  return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Windows-1252' }
}
