import type { ColumnTable } from '@cartkin/simulation'

/**
 * Number of rows of a table whose columns agree in length and have each its own name.
 *
 * @throws RangeError naming the columns that do not.
 */
export function checkColumns(table: ColumnTable): number {
  const names = new Set<string>()
  const first = table.columns[0]
  for (const column of table.columns) {
    if (column.name === '') throw new RangeError('a column has no name; every column needs one')
    if (names.has(column.name)) throw new RangeError(`two columns are named ${column.name}; names must differ`)
    names.add(column.name)
    if (first !== undefined && column.values.length !== first.values.length)
      throw new RangeError(
        `column ${column.name} has ${column.values.length} rows but ${first.name} has ${first.values.length}; all must be of one length`,
      )
  }
  return first?.values.length ?? 0
}
