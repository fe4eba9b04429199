import { formatValue } from '@cartkin/charts'
import type { Svg } from './render-svg.ts'
import type { ReportCell, ReportTable, Trust } from './report.ts'

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
  /** Tuned to: the row shows a fit, not a validation. */
  readonly tuned?: boolean
  /** Missed, and known to be. */
  readonly known?: boolean
  /** The range with our value, from `rangeChart`. */
  readonly picture?: Svg
}

/** Our values against published ones, with the verdict in words, trust and source. */
export function targetTable(rows: readonly TargetTableRow[], caption?: string): ReportTable {
  const passed = rows.filter(({ pass }) => pass).length
  const drawn = rows.some(({ picture }) => picture !== undefined)
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
      ...(drawn ? [{ header: 'Range and ours' }] : []),
      { header: 'Verdict' },
      { header: 'Source' },
    ],
    rows: rows.map((row) => [
      row.id,
      row.quantity,
      row.unit,
      { text: formatValue(row.value), trust: row.trust },
      `${formatValue(row.lo)} to ${formatValue(row.hi)}`,
      formatValue(row.ours),
      ...(drawn ? [row.picture === undefined ? '' : { picture: row.picture }] : []),
      verdict(row),
      { text: row.source, tone: 'muted' },
    ]),
    ...(rows.some(({ tuned }) => tuned) ? { notes: ['Tuned: the model was fitted with this value in view.'] } : {}),
  }
}

function verdict({ pass, tuned = false, known = false }: TargetTableRow): ReportCell {
  const remarks = [...(tuned ? ['tuned'] : []), ...(known ? ['known miss'] : [])]
  const words = `${pass ? 'within' : 'outside'}${remarks.length > 0 ? `, ${remarks.join(', ')}` : ''}`
  return { text: words, tone: pass ? 'ok' : 'error' }
}
