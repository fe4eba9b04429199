import { formatValue } from '@cartkin/charts'
import type { ReportTable, Trust } from './report.ts'

/** A published value with its range, and ours. */
export interface TargetTableRow {
  readonly id: string
  readonly quantity: string
  readonly unit: string
  readonly value: number
  readonly lo: number
  readonly hi: number
  readonly ours: number
  readonly pass: boolean
  readonly trust: Trust
  readonly source: string
}

/** Our values against published ones, with the verdict in words, trust and source. */
export function targetTable(rows: readonly TargetTableRow[], caption?: string): ReportTable {
  const passed = rows.filter(({ pass }) => pass).length
  return {
    kind: 'table',
    caption: caption ?? `Published values and ours: ${passed} of ${rows.length} within the published range.`,
    columns: [
      { header: 'Target' },
      { header: 'Quantity' },
      { header: 'Unit' },
      { header: 'Published', kind: 'number' },
      { header: 'Range', kind: 'number' },
      { header: 'Ours', kind: 'number' },
      { header: 'Verdict' },
      { header: 'Source' },
    ],
    rows: rows.map(({ id, quantity, unit, value, lo, hi, ours, pass, trust, source }) => [
      id,
      quantity,
      unit,
      { text: formatValue(value), trust },
      `${formatValue(lo)} to ${formatValue(hi)}`,
      formatValue(ours),
      pass ? { text: 'within', tone: 'ok' } : { text: 'outside', tone: 'error' },
      { text: source, tone: 'muted' },
    ]),
  }
}
