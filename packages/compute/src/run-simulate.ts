import type { CompiledModel, Model } from '@cartkin/model'
import {
  type ColumnTable,
  endpoints,
  gridTable,
  type ObservationKey,
  observationQuantities,
  parameterVector,
  recordTable,
  simulateObservations,
} from '@cartkin/simulation'
import { doseTimes } from './dose-times.ts'
import type { JobHooks } from './job-hooks.ts'
import type { SimulateAnswer, SimulateJob } from './protocol.ts'
import { rulesOf } from './rules-of.ts'
import { scenarioCourse } from './scenario-course.ts'

/** One subject's course on the wanted times, with its endpoints. */
export function runSimulate(model: CompiledModel, job: SimulateJob, hooks: JobHooks): SimulateAnswer {
  const began = performance.now()
  const parameters = parameterVector(model.model, job.parameters)
  const shouldStop = () => hooks.wanted?.() === 'cancel'
  const { run, records, decided, extinction } = scenarioCourse(model, job, parameters, job.times, shouldStop, null)
  const table = job.rows === 'records' ? recordTable(model.model, run, records) : gridTable(model.model, run, job.times)
  return {
    kind: 'simulate',
    table: job.observations ? withObservations(table, model.model, parameters, job.observations) : table,
    endpoints: endpoints(model.model, run, job.endpoints, extinction),
    doseTimes: doseTimes(records, run.end),
    ...(rulesOf(job).length > 0 && { decided }),
    records,
    outcome: run.outcome,
    statistics: run.statistics,
    milliseconds: performance.now() - began,
  }
}

/** A table of `time`, states and outputs with the simulated observations of its rows. */
function withObservations(
  { columns }: ColumnTable,
  model: Model,
  parameters: Float64Array,
  key: ObservationKey,
): ColumnTable {
  const read = new Map(
    columns.flatMap((column, k) => (column.kind === 'number' && k > 0 ? [[k - 1, column.values] as const] : [])),
  )
  const observed = observationQuantities(model).map(({ name, unit }, index) => {
    const values = new Float64Array(columns[0]?.values.length ?? 0)
    simulateObservations(model, index, parameters, read, key, values)
    return { kind: 'number' as const, name, unit, values }
  })
  return { columns: [...columns, ...observed] }
}
