import type { Column, ColumnTable } from '@cartkin/simulation'
import { arrowToTable, DataError, tableToArrow } from '@cartkin/tables'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const number = (name: string, unit: string, values: readonly number[]): Column => ({
  kind: 'number',
  name,
  unit,
  values: Float64Array.from(values),
})
const text = (name: string, values: readonly string[]): Column => ({ kind: 'text', name, values })

/** Bits of every number, so that -0 and NaN count. */
function bits({ columns }: ColumnTable): unknown {
  return columns.map((column) =>
    column.kind === 'text'
      ? [column.name, [...column.values]]
      : [column.name, column.unit, [...new BigUint64Array(Float64Array.from(column.values).buffer)]],
  )
}

const tables: fc.Arbitrary<ColumnTable> = fc
  .record({
    rows: fc.nat(20),
    kinds: fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), fc.constantFrom('number', 'text'), fc.string()), {
      selector: ([name]) => name,
      maxLength: 5,
    }),
  })
  .chain(({ rows, kinds }) =>
    fc.tuple(
      ...kinds.map(([name, kind, unit]): fc.Arbitrary<Column> => {
        const size = { minLength: rows, maxLength: rows }
        return kind === 'number'
          ? fc.array(fc.double(), size).map((values) => number(name, unit, values))
          : fc.array(fc.string({ unit: 'grapheme' }), size).map((values) => text(name, values))
      }),
    ),
  )
  .map((columns) => ({ columns }))

describe('Arrow files', () => {
  it('give back what was written, bit by bit', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(bits(arrowToTable(tableToArrow(table)))).toEqual(bits(table))
      }),
    )
  })

  it('carry units and metadata', () => {
    const table = { columns: [number('CAR', 'cells/µL', [1, 2]), text('id', ['a', 'b'])] }
    const read = arrowToTable(tableToArrow(table, { model: 'lupus-qsp', seed: '7' }))
    expect(read.metadata).toEqual({ model: 'lupus-qsp', seed: '7' })
    expect(read.columns[0]).toMatchObject({ unit: 'cells/µL' })
  })

  it('are the same bytes for equal tables, however often and after whatever else they are written', () => {
    const table = { columns: [number('t', 'day', [0, Number.NaN]), text('id', ['a', 'b']), text('arm', ['x', 'x'])] }
    const first = tableToArrow(table)
    tableToArrow({ columns: [text('other', ['p', 'q'])] })
    expect(tableToArrow(table)).toEqual(first)
  })

  it('hold one kind of NaN only', () => {
    const odd = new Float64Array(2)
    new BigUint64Array(odd.buffer).set([0xfff8000000000001n, 0x7ff0000000000001n])
    const table = { columns: [{ kind: 'number', name: 'x', unit: '', values: odd }] } satisfies ColumnTable
    expect(tableToArrow(table)).toEqual(tableToArrow({ columns: [number('x', '', [Number.NaN, Number.NaN])] }))
    expect(new BigUint64Array(odd.buffer)[0]).toBe(0xfff8000000000001n)
  })

  it('hold columns that share memory', () => {
    const shared = Float64Array.from({ length: 200 }, (_, i) => i / 3)
    const parts = [shared, shared, shared.subarray(0, 100), shared.subarray(100), shared.subarray(50, 150)]
    for (const rows of [200, 100]) {
      const columns = parts
        .filter((values) => values.length === rows)
        .map((values, i) => ({ kind: 'number' as const, name: `c${i}`, unit: '', values }))
      expect(bits(arrowToTable(tableToArrow({ columns })))).toEqual(bits({ columns }))
    }
  })

  it('are refused when cut short anywhere', () => {
    const bytes = tableToArrow({ columns: [number('t', 'day', [1, 2, 3]), text('id', ['a', 'b', 'c'])] })
    for (let length = 0; length < bytes.length; length++)
      expect(() => arrowToTable(bytes.slice(0, length)), `${length}`).toThrow(DataError)
  })

  it('own their bytes, so that they can be transferred', () => {
    const table = { columns: [number('t', 'day', [1, 2, 3])] }
    const bytes = tableToArrow(table)
    structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] })
    expect(table.columns[0]?.values.length).toBe(3)
  })

  it('are not made from columns that differ in length or share a name', () => {
    const three = number('t', 'day', [1, 2, 3])
    expect(() => tableToArrow({ columns: [three, number('y', '', [1])] })).toThrow('column y has 1 rows but t has 3')
    expect(() => tableToArrow({ columns: [three, three] })).toThrow('two columns are named t')
  })
})
