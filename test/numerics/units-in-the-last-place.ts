const float = new Float64Array(1)
const bits = new BigInt64Array(float.buffer)

/** The double whose bit pattern is written in hexadecimal. */
export function fromHex(pattern: string): number {
  bits[0] = BigInt.asIntN(64, BigInt(`0x${pattern}`))
  return float[0]!
}

/** Distance from |y| to the next double above it. */
export function unitInTheLastPlace(y: number): number {
  float[0] = Math.abs(y)
  bits[0] = bits[0]! + 1n
  return float[0]! - Math.abs(y)
}

/** How many doubles lie between a and b; 0 for equal bits or two NaNs, Infinity when only one is NaN. */
export function doublesApart(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Object.is(a, b) ? 0 : Infinity
  return Math.abs(Number(place(a) - place(b)))
}

function place(x: number): bigint {
  float[0] = x
  return bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!
}
