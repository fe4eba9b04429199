const HIGH = 0x7ff80000

/**
 * A copy of the numbers with every NaN in one bit pattern (7ff8000000000000). Engines leave sign and payload of a NaN open, so
 * without this equal results could have different hashes.
 */
export function canonicalNaN(values: Float64Array): Float64Array<ArrayBuffer> {
  const copy = Float64Array.from(values)
  const words = new Uint32Array(copy.buffer)
  const high = littleEndian() ? 1 : 0
  for (let i = 0; i < copy.length; i++) {
    if (!Number.isNaN(copy[i])) continue
    words[2 * i + high] = HIGH
    words[2 * i + 1 - high] = 0
  }
  return copy
}

function littleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1
}
