import type { ProjectDocument } from './project-document.ts'

/** The document as JSON that is the same for equal documents. */
export function writeDocument(document: ProjectDocument): string {
  return canonicalJson(document)
}

/**
 * JSON with the keys of records in order and without spaces. Fields that are undefined are left out; numbers that JSON does
 * not have are written as the texts "Infinity", "-Infinity" and "NaN", and minus zero as -0.
 */
export function canonicalJson(value: unknown): string {
  return written(value, canonicalJson)
}

/** `canonicalJson` that keeps the texts of what it has written, for values that never change in place. */
export function canonicalWriter(): (value: unknown) => string {
  const known = new WeakMap<object, string>()
  const write = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return written(value, write)
    const text = known.get(value) ?? written(value, write)
    known.set(value, text)
    return text
  }
  return write
}

function written(value: unknown, write: (part: unknown) => string): string {
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(write).join()}]`
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${write(field)}`).join()}}`
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`
  return Object.is(value, -0) ? '-0' : String(value)
}
