const HIGH = 0x7ff80000

/**
 * The same numbers with every NaN in one bit pattern (7ff8000000000000). Engines leave sign and payload of a NaN open, so
 * without this equal results could have different hashes. Returns the array itself when nothing has to change.
 */
export function canonicalNaN(values: Float64Array): Float64Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  const high = littleEndian() ? 1 : 0
  let result = values
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue
    if (words[2 * i + high] === HIGH && words[2 * i + 1 - high] === 0) continue
    if (result === values) result = Float64Array.from(values)
    const target = new Uint32Array(result.buffer, i * 8, 2)
    target[high] = HIGH
    target[1 - high] = 0
  }
  return result
}

function littleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1
}
