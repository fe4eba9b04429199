import type { Column, ColumnTable } from '@cartkin/simulation'

/** Tables of one form below one another, with a column `id` first where there are several subjects. */
export function stackedTable(parts: readonly { readonly id: string; readonly table: ColumnTable }[]): ColumnTable {
  const [first, ...others] = parts
  if (!first) return { columns: [] }
  if (others.length === 0) return first.table
  const ids = parts.flatMap(({ id, table }) => Array<string>(table.columns[0]?.values.length ?? 0).fill(id))
  const columns = first.table.columns.map((column, k): Column => {
    if (column.kind === 'text')
      return {
        ...column,
        values: parts.flatMap(({ table }) => {
          const own = table.columns[k]
          return own?.kind === 'text' ? own.values : []
        }),
      }
    const values = new Float64Array(ids.length)
    let at = 0
    for (const { table } of parts) {
      const own = table.columns[k]
      if (own?.kind !== 'number') continue
      values.set(own.values, at)
      at += own.values.length
    }
    return { ...column, values }
  })
  return { columns: [idColumn(ids), ...columns] }
}

/** Subjects' names as numbers where all are, else as texts. */
export function idColumn(ids: readonly string[]): Column {
  const numbers = Float64Array.from(ids, Number)
  return numbers.every((value, row) => String(value) === ids[row])
    ? { kind: 'number', name: 'id', unit: '', values: numbers }
    : { kind: 'text', name: 'id', values: ids }
}
