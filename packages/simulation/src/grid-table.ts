import type { Model } from '@cartkin/model'
import type { ColumnTable } from './column-table.ts'
import { quantities } from './quantities.ts'
import type { SubjectRun } from './simulate-subject.ts'

/**
 * Columns `time`, states, outputs of one run at the given times; NaN where the run did not reach. A time with a dose
 * shows the state after it.
 */
export function gridTable(model: Model, run: SubjectRun, times: Float64Array, timeUnit = ''): ColumnTable {
  const names = quantities(model)
  const columns = names.map(() => new Float64Array(times.length).fill(Number.NaN))
  const values = new Float64Array(names.length)
  for (let k = 0; k < times.length; k++) {
    const t = times[k]!
    if (t > run.end) continue
    run.read(t, values)
    for (let q = 0; q < columns.length; q++) columns[q]![k] = values[q]!
  }
  return {
    columns: [
      { kind: 'number', name: 'time', unit: timeUnit, values: Float64Array.from(times) },
      ...names.map(({ name, unit }, q) => ({ kind: 'number' as const, name, unit, values: columns[q]! })),
    ],
  }
}
