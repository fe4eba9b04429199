import type { Model } from '@cartkin/model'
import { quantities } from '../course/quantities.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import type { ColumnTable } from './column-table.ts'

/**
 * Columns `time`, states, outputs of one run at the given times; NaN where the run did not reach. A time with a dose
 * shows the state after it.
 */
export function gridTable(model: Model, run: SubjectRun, times: Float64Array, timeUnit = ''): ColumnTable {
  const names = quantities(model)
  const columns = names.map(() => new Float64Array(times.length).fill(Number.NaN))
  const all = names.map((_, q) => q)
  // the times that the run reached, as stretches
  for (let first = 0; first < times.length; ) {
    let end = first
    while (end < times.length && !(times[end]! > run.end)) end++
    const stretch = columns.map((column) => column.subarray(first, end))
    run.readColumns(times.subarray(first, end), all, stretch)
    first = end + 1
  }
  return {
    columns: [
      { kind: 'number', name: 'time', unit: timeUnit, values: Float64Array.from(times) },
      ...names.map(({ name, unit }, q) => ({ kind: 'number' as const, name, unit, values: columns[q]! })),
    ],
  }
}
