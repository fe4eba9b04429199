import { type DroppedDraws, filterText } from '@cartkin/simulation'
import type { ResultFile } from './step-result.ts'
import { tableFiles } from './table-files.ts'

/** What plausibility filters dropped, one row each: `NAME-filters.arrow` and `NAME-filters.csv`; nothing without filters. */
export function filterFiles(name: string, dropped: readonly DroppedDraws[]): readonly ResultFile[] {
  if (dropped.length === 0) return []
  const table = {
    columns: [
      { kind: 'text' as const, name: 'filter', values: dropped.map(({ filter }) => filter.name) },
      { kind: 'text' as const, name: 'kept', values: dropped.map(({ filter }) => filterText(filter)) },
      { kind: 'text' as const, name: 'reason', values: dropped.map(({ filter }) => filter.reason) },
      { kind: 'number' as const, name: 'dropped', unit: '', values: Float64Array.from(dropped, ({ count }) => count) },
    ],
  }
  return tableFiles(`${name}-filters`, table)
}
