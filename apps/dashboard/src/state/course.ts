import type { SimulateAnswer } from '@cartkin/compute'
import type { ColumnTable, DecidedDose, EndpointValue } from '@cartkin/simulation'

/** One simulated course, by quantity name. */
export interface Course {
  readonly times: Float64Array
  readonly values: ReadonlyMap<string, Float64Array>
  readonly endpoints: ReadonlyMap<string, EndpointValue>
  readonly doseTimes: Float64Array
  /** Doses that the rules of the regimen decided, in the order of their decisions. */
  readonly decided: readonly DecidedDose[]
  readonly table: ColumnTable
  readonly milliseconds: number
  /** Why the run ended early; empty when it reached the end. */
  readonly failure: string
}

export function courseOf(answer: SimulateAnswer): Course {
  const values = new Map<string, Float64Array>()
  for (const column of answer.table.columns) if (column.kind === 'number') values.set(column.name, column.values)
  return {
    times: values.get('time') ?? new Float64Array(),
    values,
    endpoints: new Map(answer.endpoints.map((endpoint) => [endpoint.name, endpoint])),
    doseTimes: answer.doseTimes,
    decided: answer.decided ?? [],
    table: answer.table,
    milliseconds: answer.milliseconds,
    failure: answer.outcome.status === 'failed' ? answer.outcome.message : '',
  }
}
