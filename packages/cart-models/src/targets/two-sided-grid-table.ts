import type { Model } from '@cartkin/model'
import { type ColumnTable, quantities, type SubjectRun } from '@cartkin/simulation'

/**
 * Columns `time`, states, outputs of one run at the given ascending times; a time at which something was given has two
 * rows, before and after it. NaN where the run did not reach. The table that the key numbers are computed from: their
 * extremes and counts see both values.
 */
export function twoSidedGridTable(model: Model, run: SubjectRun, times: Float64Array): ColumnTable {
  const events = new Set(run.eventTimes)
  const rows: { readonly time: number; readonly side: 'before' | 'after' }[] = []
  for (const time of times) {
    if (events.has(time) && time > run.start) rows.push({ time, side: 'before' })
    rows.push({ time, side: 'after' })
  }
  const names = quantities(model)
  const columns = names.map(() => new Float64Array(rows.length).fill(Number.NaN))
  const values = new Float64Array(names.length)
  rows.forEach(({ time, side }, row) => {
    if (time > run.end) return
    run.read(time, values, side)
    columns.forEach((column, q) => {
      column[row] = values[q]!
    })
  })
  return {
    columns: [
      { kind: 'number', name: 'time', unit: 'day', values: Float64Array.from(rows, ({ time }) => time) },
      ...names.map(({ name, unit }, q) => ({ kind: 'number' as const, name, unit, values: columns[q]! })),
    ],
  }
}
