/** JSON with what JSON cannot hold (NaN, infinities) as null, and typed arrays as lists. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_, entry: unknown) => (ArrayBuffer.isView(entry) && entry instanceof Float64Array ? Array.from(entry) : entry), 2)}\n`
}
