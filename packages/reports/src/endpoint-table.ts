import { formatValue } from '@cartkin/charts'
import type { ReportCell, ReportTable } from './report.ts'

/** An endpoint in one or several columns: scenarios, or percentiles of a population. */
export interface EndpointTableRow {
  readonly label: string
  readonly unit: string
  /** One per column; NaN where the endpoint is not defined. */
  readonly values: readonly number[]
  /** Why a value is missing, or what else should be known. */
  readonly note: string
}

/**
 * Endpoints read off courses.
 *
 * @param columns what the values of a row are: `['Typical patient']`, `['5 %', 'Median', '95 %']`.
 */
export function endpointTable(
  rows: readonly EndpointTableRow[],
  columns: readonly string[],
  caption = 'Endpoints.',
): ReportTable {
  const noted = rows.some(({ note }) => note !== '')
  return {
    kind: 'table',
    caption,
    columns: [
      { header: 'Endpoint' },
      { header: 'Unit' },
      ...columns.map((header) => ({ header, kind: 'number' as const })),
      ...(noted ? [{ header: 'Remark' }] : []),
    ],
    rows: rows.map(({ label, unit, values, note }) => [
      label,
      unit,
      ...values.map(
        (value): ReportCell => (Number.isNaN(value) ? { text: 'none', tone: 'muted' } : formatValue(value)),
      ),
      ...(noted ? [note] : []),
    ]),
  }
}
