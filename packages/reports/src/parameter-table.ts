import { formatValue } from '@cartkin/charts'
import type { ReportTable, Trust } from './report.ts'

/** A parameter's value with what is known about it. */
export interface ParameterTableRow {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly value: number
  readonly trust: Trust
  readonly source: string
}

/** Parameter values with unit, trust and source. */
export function parameterTable(rows: readonly ParameterTableRow[], caption = 'Parameter values.'): ReportTable {
  return {
    kind: 'table',
    caption,
    columns: [
      { header: 'Parameter' },
      { header: 'Meaning' },
      { header: 'Value', kind: 'number' },
      { header: 'Unit' },
      { header: 'Source' },
    ],
    rows: rows.map(({ name, label, unit, value, trust, source }) => [
      name,
      label,
      { text: formatValue(value, 4), trust },
      unit,
      { text: source, tone: 'muted' },
    ]),
  }
}
