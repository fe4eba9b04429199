import type { PopulationSummary } from '@cartkin/compute'
import {
  type Column,
  type ColumnTable,
  type CoursePercentiles,
  columnsOf,
  type EndpointDefinition,
} from '@cartkin/simulation'

/** Levels of the bands, in the order of their columns. */
export const bandLevels = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const
export type Band = { readonly time: number } & { readonly [P in keyof typeof bandLevels]: number }

/** The levels of `bandLevels`, as a population is asked for them. */
export const percentileLevels: readonly number[] = Object.values(bandLevels)

/** Bands from percentiles at `percentileLevels`; times that no subject reached are left out. */
export function bandsOf({ values, subjects }: CoursePercentiles, times: Float64Array): readonly Band[] {
  const width = percentileLevels.length
  return [...times].flatMap((time, k) => {
    if (subjects[k] === 0) return []
    const [p5 = NaN, p25 = NaN, p50 = NaN, p75 = NaN, p95 = NaN] = values.subarray(k * width, (k + 1) * width)
    return [{ time, p5, p25, p50, p75, p95 }]
  })
}

/** Bands of several quantities below one another: quantity, time, percentiles. */
export function bandsTable(bands: ReadonlyMap<string, readonly Band[]>): ColumnTable {
  const rows = [...bands].flatMap(([quantity, own]) => own.map((band) => ({ quantity, ...band })))
  const { number, text } = columnsOf(rows)
  return {
    columns: [
      text('quantity', ({ quantity }) => quantity),
      number('time', ({ time }) => time),
      ...(['p5', 'p25', 'p50', 'p75', 'p95'] as const).map((name) => number(name, (row) => row[name])),
    ],
  }
}

/** One row per subject: id (from 1), how the run ended, endpoints, drawn parameters. */
export function endpointsTable(
  { count, from, outcomes, endpoints, parameters, parameterNames }: PopulationSummary,
  definitions: readonly EndpointDefinition[],
): ColumnTable {
  const column = (name: string, unit: string, values: Float64Array, width: number, k: number): Column => ({
    kind: 'number',
    name,
    unit,
    values: Float64Array.from({ length: count }, (_, subject) => values[subject * width + k] ?? NaN),
  })
  return {
    columns: [
      { kind: 'number', name: 'id', unit: '', values: Float64Array.from({ length: count }, (_, k) => from + k + 1) },
      { kind: 'text', name: 'status', values: outcomes.map(({ status }) => status) },
      {
        kind: 'text',
        name: 'reason',
        values: outcomes.map((outcome) => ('message' in outcome ? outcome.message : '')),
      },
      ...definitions.map(({ name, unit }, k) => column(name, unit, endpoints, definitions.length, k)),
      ...parameterNames.map((name, k) => column(`parameter.${name}`, '', parameters, parameterNames.length, k)),
    ],
  }
}
