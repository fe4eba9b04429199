/** Code of a value: plain objects, arrays, maps and typed arrays of numbers, strings and the like, to the last bit. */
export function valueCode(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === undefined) return 'undefined'
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(valueCode).join()}]`
  if (value instanceof Map) return `new Map(${valueCode([...value])})`
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && Symbol.iterator in value)
    return `new ${value.constructor.name}(${valueCode(Array.from(value as Iterable<number>))})`
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return `{${Object.entries(value)
      .map(([key, member]) => `[${JSON.stringify(key)}]:${valueCode(member)}`)
      .join()}}`
  throw new TypeError(`there is no code of ${String(value)}; plain objects, arrays, maps and typed arrays have one`)
}
