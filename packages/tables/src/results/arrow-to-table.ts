import type { Column, ColumnTable } from '@cartkin/simulation'
import { DataType, type Field, tableFromIPC, type Vector } from 'apache-arrow'
import { DataError } from '../data-error.ts'
import { canonicalNaN } from './canonical-nan.ts'

/** A table read from an Arrow file, with the text metadata of its schema. */
export interface ArrowTable extends ColumnTable {
  readonly metadata: Readonly<Record<string, string>>
}

const MAGIC = [...'ARROW1'].map((letter) => letter.charCodeAt(0))

function hasMagic(bytes: Uint8Array): boolean {
  const end = bytes.length - MAGIC.length
  return end >= MAGIC.length && MAGIC.every((code, i) => bytes[i] === code && bytes[end + i] === code)
}

function numbersOf(vector: Vector, file: string, name: string): Float64Array {
  const values = new Float64Array(vector.length)
  for (let i = 0; i < values.length; i++) {
    const value: unknown = vector.get(i)
    if (value === null) values[i] = Number.NaN
    else if (typeof value === 'number') values[i] = value
    else if (typeof value === 'bigint' && BigInt(Number(value)) === value) values[i] = Number(value)
    else
      throw new DataError({
        file,
        text: String(value),
        problem: `of column ${name} is not held exactly by a double`,
        expected: 'numbers must be float64 or integers below 2^53',
      })
  }
  return canonicalNaN(values)
}

function textsOf(vector: Vector): readonly string[] {
  const texts: string[] = []
  for (let i = 0; i < vector.length; i++) texts.push(String(vector.get(i) ?? ''))
  return texts
}

function columnOf(field: Field, vector: Vector, file: string): Column {
  const type: DataType = field.type
  if (DataType.isFloat(type) && vector.nullCount === 0 && type.precision === 2) {
    const values: Float64Array = vector.toArray()
    return {
      kind: 'number',
      name: field.name,
      unit: field.metadata.get('unit') ?? '',
      values: canonicalNaN(values),
    }
  }
  if (DataType.isFloat(type) || DataType.isInt(type))
    return {
      kind: 'number',
      name: field.name,
      unit: field.metadata.get('unit') ?? '',
      values: numbersOf(vector, file, field.name),
    }
  const texts: DataType = DataType.isDictionary(type) ? type.dictionary : type
  if (DataType.isUtf8(texts) || DataType.isLargeUtf8(texts))
    return { kind: 'text', name: field.name, values: textsOf(vector) }
  throw new DataError({
    file,
    problem: `column ${field.name} is of Arrow type ${type}`,
    expected: 'columns must be numbers (float or integer) or texts (utf8, plain or by dictionary)',
  })
}

/**
 * Reads a table from the Arrow IPC file format. Integers and float32 become float64; a null is NaN in a number column and
 * the empty text in a text column. Arrow has no checksum: check bytes of unknown history against their manifest first
 * (`verifyManifest`), since damaged ones can decode to wrong values without an error.
 *
 * @param file name used in messages; defaults to "Arrow data".
 * @throws DataError when the bytes are not a whole Arrow file, or hold a column that is neither number nor text.
 */
export function arrowToTable(bytes: Uint8Array, file = 'Arrow data'): ArrowTable {
  if (!hasMagic(bytes))
    throw new DataError({
      file,
      problem: 'does not begin and end with the mark ARROW1',
      expected: 'a complete file in the Arrow IPC file format is needed (the file may be cut short, or a stream)',
    })
  const table = tableFromIPC(bytes)
  const columns = table.schema.fields.map((field, index) => {
    const vector = table.getChildAt(index)
    if (vector === null)
      throw new DataError({ file, problem: `column ${field.name} has no data`, expected: 'the file is damaged' })
    return columnOf(field, vector, file)
  })
  return { columns, metadata: Object.fromEntries(table.schema.metadata) }
}
