import { DataError, type DataPosition } from '../data-error.ts'

/**
 * Decodes the bytes of a text file. A byte order mark is kept as the first character, for the reader to report.
 *
 * @throws DataError when the bytes are not UTF-8, with the place of the first that is not.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const expected = 'the text must be encoded as UTF-8: save it so (a spreadsheet calls it "CSV UTF-8")'
  if (utf16) throw new DataError({ file, problem: 'is encoded as UTF-16', expected })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new DataError({ file, position: firstUndecodable(bytes), problem: 'a byte here is not UTF-8', expected })
  }
}

/** Where a lenient decoder first has to put a replacement character. */
function firstUndecodable(bytes: Uint8Array): DataPosition {
  const text = new TextDecoder('utf-8').decode(bytes)
  const before = text.slice(0, Math.max(0, text.indexOf('\uFFFD')))
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
}
