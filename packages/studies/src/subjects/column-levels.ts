import { decodeData, parseDelimited } from '@cartkin/tables'
import type { DataReading } from '../plan/data-reading.ts'

/** The texts of a column in the order of the file; undefined where it holds numbers alone, or is not there. */
export function columnLevels(
  bytes: Uint8Array,
  file: string,
  asked: string,
  { decimal }: DataReading,
): { readonly column: string; readonly texts: readonly string[] } | undefined {
  const { header, rows } = parseDelimited(decodeData(bytes, file).text, file, {
    comments: true,
    ...(decimal === undefined ? {} : { decimalSeparator: decimal === 'comma' ? ',' : '.' }),
  })
  const at = header.findIndex(({ text }) => text.toLowerCase() === asked.toLowerCase())
  const column = header[at]?.text
  if (column === undefined) return undefined
  const texts = [...new Set(rows.flatMap((row) => row[at]?.text ?? []))].filter(
    (text) => !['', '.', 'NA'].includes(text),
  )
  return texts.every((text) => Number.isFinite(Number(text.replace(',', '.')))) ? undefined : { column, texts }
}
