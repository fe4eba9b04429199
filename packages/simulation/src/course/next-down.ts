/** The largest double below a finite x. */
export function nextDown(x: number): number {
  if (x === 0) return -Number.MIN_VALUE
  const float = new Float64Array([x])
  const bits = new BigInt64Array(float.buffer)
  bits[0]! += x > 0 ? -1n : 1n
  return float[0]!
}
