/** A value as JSON text, in which numbers that JSON lacks are null and typed arrays are lists. */
export function resultJson(value: unknown): Uint8Array {
  const plain = (_: string, entry: unknown) => (entry instanceof Float64Array ? Array.from(entry) : entry)
  return new TextEncoder().encode(`${JSON.stringify(value, plain, 2)}\n`)
}
