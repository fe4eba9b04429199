import type { Json } from './manifest.ts'

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * JSON without spaces and with keys in code-unit order, so that equal values give equal texts.
 *
 * @throws RangeError for a number that JSON cannot hold.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`${value} cannot be written as JSON; numbers in a manifest must be finite`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}
