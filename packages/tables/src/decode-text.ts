import { DataError } from './data-error.ts'

/**
 * Decodes the bytes of a text file. A byte order mark is kept as the first character, for the reader to report.
 *
 * @throws DataError when the bytes are not UTF-8.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const expected = 'the text must be encoded as UTF-8: save it as "CSV UTF-8"'
  if (utf16) throw new DataError({ file, problem: 'is encoded as UTF-16', expected })
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new DataError({ file, problem: 'holds bytes that are not UTF-8', expected })
  }
}
