import { DataError } from '../data-error.ts'
import type { Json, Manifest, ManifestFile } from './manifest.ts'
import { isManifestName } from './manifest-name.ts'

/** A value of the manifest with its path, for messages. */
interface Field {
  readonly value: Json | undefined
  readonly path: string
  readonly file: string
}

function refuse({ file }: Field, problem: string, expected: string): never {
  throw new DataError({ file, problem, expected })
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function entries(field: Field): ReadonlyMap<string, Field> {
  const { value, path, file } = field
  if (value === undefined || value === null || typeof value !== 'object' || isList(value))
    return refuse(field, `${path} is missing or no object`, 'an object is needed')
  return new Map(
    Object.entries(value).map(([key, entry]) => [
      key,
      { value: entry, path: path === '' ? key : `${path}.${key}`, file },
    ]),
  )
}

function member(field: Field, key: string): Field {
  const path = field.path === '' ? key : `${field.path}.${key}`
  return entries(field).get(key) ?? { value: undefined, path, file: field.file }
}

function items(field: Field): readonly Field[] {
  const { value, path, file } = field
  if (value === undefined || !isList(value)) return refuse(field, `${path} is missing or no list`, 'a list is needed')
  return value.map((entry, i) => ({ value: entry, path: `${path}[${i}]`, file }))
}

function string(field: Field): string {
  return typeof field.value === 'string'
    ? field.value
    : refuse(field, `${field.path} is missing or no text`, 'a text is needed')
}

function count(field: Field): number {
  const { value, path } = field
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(field, `${path} is missing or no count`, 'a whole number from 0 is needed')
}

function hash(field: Field): string {
  const text = string(field)
  const valid = text.length === 64 && [...text].every((c) => (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
  return valid ? text : refuse(field, `${field.path} is no SHA-256`, '64 lower-case hexadecimal digits are needed')
}

function record<T>(field: Field, read: (entry: Field) => T): Readonly<Record<string, T>> {
  return Object.fromEntries([...entries(field)].map(([key, entry]) => [key, read(entry)]))
}

function fileEntry(field: Field): ManifestFile {
  const name = string(member(field, 'name'))
  if (!isManifestName(name))
    refuse(field, `${field.path}.name is ${JSON.stringify(name)}`, 'a plain path below the directory is needed')
  return { name, bytes: count(member(field, 'bytes')), sha256: hash(member(field, 'sha256')) }
}

function seedOf(field: Field): number | null {
  const value = field.value ?? null
  return value === null || typeof value === 'number'
    ? value
    : refuse(field, `${field.path} is no number`, 'a number or null is needed')
}

function parseJson(text: string, file: string): Json {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new DataError({ file, problem: `is not JSON (${reason})`, expected: 'the file is damaged' })
  }
}

/**
 * Reads the text of a `manifest.json`; keys that are not known are left out.
 *
 * @throws DataError naming the field that is missing or of the wrong kind, or a file name that leads out of the directory.
 */
export function parseManifest(text: string, file = 'manifest.json'): Manifest {
  const root: Field = { value: parseJson(text, file), path: '', file }
  const format = member(root, 'format')
  if (format.value !== 'cartkin-manifest-1')
    refuse(format, `format is ${JSON.stringify(format.value)}`, 'this version reads "cartkin-manifest-1"')
  const model = member(root, 'model')
  const data = member(root, 'data')
  return {
    format: 'cartkin-manifest-1',
    versions: record(member(root, 'versions'), string),
    model: { id: string(member(model, 'id')), sha256: hash(member(model, 'sha256')) },
    data: data.value === null ? null : { file: string(member(data, 'file')), sha256: hash(member(data, 'sha256')) },
    options: member(root, 'options').value ?? null,
    seed: seedOf(member(root, 'seed')),
    status: record(member(root, 'status'), count),
    licences: items(member(root, 'licences')).map(string),
    files: items(member(root, 'files')).map(fileEntry),
    self: hash(member(root, 'self')),
  }
}
