import type { TopLevelSpec } from 'vega-lite'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { ink } from './palette.ts'
import { placeOf, rangePlace } from './range-place.ts'
import type { TargetRow } from './rows.ts'

/** Ends of the axis, in half widths of the range. */
const EDGE = 1.6

/** One published range with the value published within it, and ours. */
export interface RangeChart extends ChartOptions {
  readonly row: TargetRow & { readonly value: number }
}

/** A published value beyond the ends of the axis is drawn at the end. */
function clamped(at: number): number {
  return Number.isNaN(at) ? 0 : Math.max(-EDGE, Math.min(EDGE, at))
}

/**
 * The picture of one target, small enough for a cell of a table: the range as a bracket of fixed length, the published
 * value as a stroke across it, ours as a circle within, a diamond outside, a triangle far outside.
 */
export function rangeChart(chart: RangeChart): TopLevelSpec {
  const { row } = chart
  const values = [{ ...rangePlace(row, EDGE), published: clamped(placeOf(row.value, row)), low: -1, high: 1 }]
  const unit = row.unit === '' || row.unit === '1' ? '' : ` ${row.unit}`
  const words = `${row.label}: ours ${formatValue(row.ours)}${unit}, ${row.pass ? 'within' : 'outside'} the published ${formatValue(row.lo)} to ${formatValue(row.hi)}`
  const scale = { domain: [-EDGE, EDGE], nice: false }
  const x = (field: string) => ({ field, type: 'quantitative', scale, axis: null }) as const
  const end = (field: string) =>
    ({
      mark: { type: 'tick', orient: 'vertical', size: 12, thickness: 1.5, color: ink.muted },
      encoding: { x: x(field) },
    }) as const
  return {
    ...chartFrame(chart, `${words}.`, 110, 18),
    padding: 2,
    data: { name: 'range', values },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5, color: ink.muted },
        encoding: { x: x('low'), x2: { field: 'high' } },
      },
      end('low'),
      end('high'),
      {
        mark: { type: 'tick', orient: 'vertical', size: 8, thickness: 3, color: ink.line },
        encoding: { x: x('published') },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1, color: row.pass ? ink.ok : ink.error },
        encoding: { x: x('at'), shape: { field: 'shape', type: 'nominal', scale: null } },
      },
    ],
  }
}
