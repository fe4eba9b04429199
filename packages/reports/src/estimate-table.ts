import { formatValue } from '@cartkin/charts'
import type { ReportCell, ReportTable, Trust } from './report.ts'

/** An estimate as a fit gives it. */
export interface EstimateRow {
  readonly name: string
  readonly estimate: number
  readonly start: number
  /** NaN where not identified. */
  readonly standardError: number
  /** Fraction of the estimate. */
  readonly relativeStandardError: number
  readonly lower95: number
  readonly upper95: number
  readonly atBound: 'lower' | 'upper' | null
}

export interface EstimateTable {
  readonly estimates: readonly EstimateRow[]
  /** Sets of parameters that the data cannot tell apart. */
  readonly collinear?: readonly { readonly names: readonly string[] }[]
  /** Names of those at a corner of the objective, which have no standard error. */
  readonly corners?: readonly string[]
  /** Unit and meaning by parameter. */
  readonly parameters?: ReadonlyMap<
    string,
    {
      readonly unit: string
      readonly label: string
      /** How far the start can be trusted, where it is a value of the library. */
      readonly startTrust?: Trust
    }
  >
  readonly caption?: string
}

/** Relative standard error above which an estimate is called imprecise. */
const IMPRECISE = 0.5

function partners(name: string, sets: EstimateTable['collinear'] = []): readonly string[] {
  const others = new Set(sets.filter(({ names }) => names.includes(name)).flatMap(({ names }) => names))
  others.delete(name)
  return [...others]
}

function remark(row: EstimateRow, { collinear, corners = [] }: EstimateTable): ReportCell {
  const remarks: string[] = []
  const others = partners(row.name, collinear)
  const unknown = Number.isNaN(row.standardError)
  if (row.atBound !== null) remarks.push(`at its ${row.atBound} bound`)
  if (others.length > 0) remarks.push(`not identified: collinear with ${others.join(', ')}`)
  else if (corners.includes(row.name)) remarks.push('at a corner of the objective: its interval comes from the profile')
  else if (unknown && row.atBound === null) remarks.push('not identified by these data')
  if (row.relativeStandardError > IMPRECISE) remarks.push(`imprecise: RSE above ${IMPRECISE * 100} %`)
  return remarks.length === 0 ? '' : { text: remarks.join('; '), tone: 'warning' }
}

function orNone(value: number, show: (value: number) => string): ReportCell {
  return Number.isNaN(value) ? { text: 'n/e', tone: 'muted' } : show(value)
}

/** Estimates with start, standard error, 95 % interval, and in words what bounds them or keeps them from being identified. */
export function estimateTable(table: EstimateTable): ReportTable {
  const { estimates, parameters, caption } = table
  const some = estimates.some(({ standardError }) => Number.isNaN(standardError))
  return {
    kind: 'table',
    caption: caption ?? 'Parameter estimates.',
    columns: [
      { header: 'Parameter' },
      { header: 'Unit' },
      { header: 'Estimate', kind: 'number' },
      { header: 'Start', kind: 'number' },
      { header: 'SE', kind: 'number' },
      { header: 'RSE', unit: '%', kind: 'number' },
      { header: '95 % interval', kind: 'number' },
      { header: 'Remark' },
    ],
    rows: estimates.map((row) => {
      const known = parameters?.get(row.name)
      const interval: ReportCell =
        Number.isNaN(row.lower95) || Number.isNaN(row.upper95)
          ? { text: 'n/e', tone: 'muted' }
          : `${formatValue(row.lower95)} to ${formatValue(row.upper95)}`
      return [
        known === undefined || known.label === '' ? row.name : `${row.name}, ${known.label}`,
        known?.unit ?? '',
        formatValue(row.estimate, 4),
        known?.startTrust === undefined
          ? formatValue(row.start, 4)
          : { text: formatValue(row.start, 4), trust: known.startTrust },
        orNone(row.standardError, formatValue),
        orNone(row.relativeStandardError, (fraction) => formatValue(fraction * 100, 2)),
        interval,
        remark(row, table),
      ]
    }),
    notes: [
      `SE: standard error; RSE: relative standard error; intervals are formed on the scale of estimation${some ? '; n/e: not estimable' : ''}.`,
    ],
  }
}
