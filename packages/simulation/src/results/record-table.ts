import type { Model } from '@cartkin/model'
import { quantities } from '../course/quantities.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import type { EventRecord } from '../records/event-record.ts'
import type { ColumnTable } from './column-table.ts'

/**
 * Columns `time`, states, outputs: one row per EVID 0 record, in record order, with the state as it is when the record's
 * turn comes: before the doses that follow it at the same time. The time is that of the data. NaN where the run did not
 * reach.
 */
export function recordTable(
  model: Model,
  run: SubjectRun,
  records: readonly EventRecord[],
  timeUnit = '',
): ColumnTable {
  const names = quantities(model)
  const rows = records.flatMap((record, index) => (record.evid === 0 ? [index] : []))
  const columns = names.map(() => new Float64Array(rows.length).fill(Number.NaN))
  const values = new Float64Array(names.length)
  rows.forEach((index, row) => {
    if (records[index]!.time > run.end) return
    run.readRecord(index, values)
    for (let q = 0; q < columns.length; q++) columns[q]![row] = values[q]!
  })
  return {
    columns: [
      {
        kind: 'number',
        name: 'time',
        unit: timeUnit,
        values: Float64Array.from(rows, (index) => records[index]!.dataTime ?? records[index]!.time),
      },
      ...names.map(({ name, unit }, q) => ({ kind: 'number' as const, name, unit, values: columns[q]! })),
    ],
  }
}
