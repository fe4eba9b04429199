import type { Column } from './column-table.ts'

/** Makes the columns of a table of rows, one after the other. */
export interface ColumnMaker<Row> {
  /** `unit` is empty where it is not given. */
  number(name: string, read: (row: Row) => number, unit?: string): Column
  text(name: string, read: (row: Row) => string): Column
}

/** Columns that are read off rows. */
export function columnsOf<Row>(rows: readonly Row[]): ColumnMaker<Row> {
  return {
    number: (name, read, unit = '') => ({ kind: 'number', name, unit, values: Float64Array.from(rows, read) }),
    text: (name, read) => ({ kind: 'text', name, values: rows.map((row) => read(row)) }),
  }
}
