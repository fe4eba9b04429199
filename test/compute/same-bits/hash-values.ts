import { sha256Hex } from '@cartkin/tables'

/** First 16 digits of the SHA-256 of the numbers, little-endian, with one pattern for every NaN. */
export async function hashValues(values: Float64Array): Promise<string> {
  const bytes = new DataView(new ArrayBuffer(8 * values.length))
  values.forEach((value, i) => {
    bytes.setFloat64(8 * i, Number.isNaN(value) ? Number.NaN : value, true)
  })
  return (await sha256Hex(new Uint8Array(bytes.buffer))).slice(0, 16)
}
