import type { BootstrapResult, ParameterProfile } from '@cartkin/fitting'
import type { Column, ColumnTable } from '@cartkin/simulation'
import type { ResultFile } from '../steps/step-result.ts'
import { tableFiles } from '../steps/table-files.ts'
import type { FitUncertainty } from './fit-uncertainty.ts'

/**
 * `NAME-intervals` (one row per profile) and `NAME-profiles` (their points), `NAME-bootstrap` (one row per parameter) and
 * `NAME-replicates` (one per data set), each as `.arrow` and `.csv`; what was not wanted has no files.
 */
export function uncertaintyFiles(name: string, { profiles, bootstrap }: FitUncertainty): readonly ResultFile[] {
  const tables: readonly (readonly [string, ColumnTable])[] = [
    ...(profiles.length === 0
      ? []
      : ([
          ['intervals', intervalsTable(profiles)],
          ['profiles', pointsTable(profiles)],
        ] as const)),
    ...(bootstrap === null
      ? []
      : ([
          ['bootstrap', bootstrapTable(bootstrap)],
          ['replicates', replicatesTable(bootstrap)],
        ] as const)),
  ]
  return tables.flatMap(([kind, table]) => tableFiles(`${name}-${kind}`, table))
}

/** What the JSON of a fit says of them: the points and replicates are in the tables alone. */
export function uncertaintyJson({ sandwich, profiles, bootstrap }: FitUncertainty) {
  return {
    sandwich,
    ...(profiles.length === 0 ? {} : { profiles: profiles.map(({ points: _, ...profile }) => profile) }),
    ...(bootstrap === null ? {} : { bootstrap: { ...bootstrap, replicates: undefined } }),
  }
}

function numbers<T>(name: string, rows: readonly T[], read: (row: T) => number): Column {
  return { kind: 'number', name, unit: '', values: Float64Array.from(rows, read) }
}

function texts<T>(name: string, rows: readonly T[], read: (row: T) => string): Column {
  return { kind: 'text', name, values: rows.map(read) }
}

/** Profile intervals; a side that does not close is empty. */
export function intervalsTable(profiles: readonly ParameterProfile[]): ColumnTable {
  return {
    columns: [
      texts('parameter', profiles, ({ name }) => name),
      numbers('estimate', profiles, ({ estimate }) => estimate),
      numbers('level', profiles, ({ level }) => level),
      numbers('lower', profiles, ({ lower }) => lower),
      numbers('upper', profiles, ({ upper }) => upper),
      texts('shape', profiles, ({ shape }) => shape),
    ],
  }
}

/** All points of all profiles. */
function pointsTable(profiles: readonly ParameterProfile[]): ColumnTable {
  const rows = profiles.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })))
  return {
    columns: [
      texts('parameter', rows, ({ name }) => name),
      numbers('value', rows, ({ value }) => value),
      numbers('objective', rows, ({ objective }) => objective),
      numbers('increase', rows, ({ increase }) => increase),
    ],
  }
}

function bootstrapTable({ parameters, level }: BootstrapResult): ColumnTable {
  return {
    columns: [
      texts('parameter', parameters, ({ name }) => name),
      numbers('estimate', parameters, ({ estimate }) => estimate),
      numbers('mean', parameters, ({ mean }) => mean),
      numbers('median', parameters, ({ median }) => median),
      numbers('bias', parameters, ({ bias }) => bias),
      numbers('standard_error', parameters, ({ standardError }) => standardError),
      numbers('level', parameters, () => level),
      numbers('lower', parameters, ({ lower }) => lower),
      numbers('upper', parameters, ({ upper }) => upper),
    ],
  }
}

function replicatesTable({ replicates, parameters }: BootstrapResult): ColumnTable {
  return {
    columns: [
      numbers('replicate', replicates, ({ replicate }) => replicate + 1),
      texts('status', replicates, ({ status }) => status),
      texts('reason', replicates, ({ reason }) => reason),
      numbers('objective', replicates, ({ objective }) => objective),
      ...parameters.map(({ name }, j) => numbers(name, replicates, ({ values }) => values[j] ?? Number.NaN)),
    ],
  }
}
