import type { Column, ColumnTable } from '@cartkin/simulation'
import {
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { canonicalNaN } from './canonical-nan.ts'
import { checkColumns } from './check-columns.ts'

interface ArrowColumn {
  readonly field: Field
  readonly data: Data
}

/** Copies the numbers: the writer of apache-arrow merges ranges of one buffer, and would lose a column that shares memory with another. */
function numberColumn(name: string, unit: string, values: Float64Array): ArrowColumn {
  const type = new Float64()
  return {
    field: new Field(name, type, false, new Map([['unit', unit]])),
    data: makeData({ type, length: values.length, nullCount: 0, data: canonicalNaN(values) }),
  }
}

/** The dictionary's id is given, since apache-arrow counts them through the whole process and equal tables must give equal bytes. */
function textColumn(name: string, values: readonly string[], id: number): ArrowColumn {
  const codes = new Map<string, number>()
  const indices = new Int32Array(values.length)
  for (const [row, value] of values.entries()) {
    const code = codes.get(value) ?? codes.size
    codes.set(value, code)
    indices[row] = code
  }
  const type = new Dictionary(new Utf8(), new Int32(), id)
  const dictionary = vectorFromArray([...codes.keys()], new Utf8())
  return {
    field: new Field(name, type, false),
    data: makeData({ type, length: values.length, nullCount: 0, data: indices, dictionary }),
  }
}

function arrowColumn(column: Column, index: number): ArrowColumn {
  return column.kind === 'number'
    ? numberColumn(column.name, column.unit, column.values)
    : textColumn(column.name, column.values, index)
}

/**
 * A table in the Arrow IPC file format: one record batch; number columns float64 with their unit as field metadata
 * `unit`, text columns dictionary-encoded UTF-8. Missing numbers are NaN with one bit pattern, so that equal tables give
 * equal bytes. Arrow files carry no checksum: keep a manifest beside them (`manifestOf`).
 *
 * @param metadata goes into the schema, in the order given.
 * @throws RangeError when columns differ in length or share a name.
 */
export function tableToArrow(table: ColumnTable, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const length = checkColumns(table)
  const columns = table.columns.map(arrowColumn)
  const schema = new Schema(
    columns.map((column) => column.field),
    new Map(Object.entries(metadata)),
  )
  const children = columns.map((column) => column.data)
  const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, nullCount: 0, children }))
  return tableToIPC(new Table(schema, [batch]), 'file')
}
