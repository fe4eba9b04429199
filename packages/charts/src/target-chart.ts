import type { TopLevelSpec } from 'vega-lite'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { ink } from './palette.ts'
import { rangePlace } from './range-place.ts'
import type { TargetRow } from './rows.ts'

/** Our values against published ranges. */
export interface TargetChart extends ChartOptions {
  readonly rows: readonly TargetRow[]
}

/** Ends of the axis, in half widths of a range. */
const EDGE = 2.5
const ROW = 22

/**
 * Published ranges as bars of equal length, each scaled to its own range, with our value as a mark and in words: a circle
 * within, a diamond outside, a triangle far outside. The data set is named `targets`.
 */
export function targetChart(chart: TargetChart): TopLevelSpec {
  const values = chart.rows.map((row) => {
    const unit = row.unit === '' || row.unit === '1' ? '' : ` ${row.unit}`
    return {
      id: row.id,
      name: `${row.id}  ${row.label}`,
      ...rangePlace(row, EDGE),
      low: -1,
      high: 1,
      verdict: row.pass ? 'within' : 'outside',
      text: `${formatValue(row.ours)}${unit}: ${row.pass ? 'within' : 'outside'} ${formatValue(row.lo)} to ${formatValue(row.hi)}`,
    }
  })
  const within = chart.rows.filter(({ pass }) => pass).length
  const missed = chart.rows.filter(({ pass }) => !pass).map(({ label, id }) => `${label} (${id})`)
  const outside = missed.length > 0 ? ` Outside: ${missed.join(', ')}.` : ''
  const y = {
    field: 'name',
    type: 'nominal',
    sort: values.map(({ name }) => name),
    axis: {
      title: null,
      domain: false,
      ticks: false,
      labelColor: ink.text,
      labelPadding: 10,
      labelFontSize: 12,
      labelLimit: 0,
    },
  } as const
  const verdict = { domain: ['within', 'outside'], range: [ink.ok, ink.error] }
  const frame = chartFrame(
    chart,
    `${within} of ${values.length} values lie within the published range.${outside}`,
    240,
    Math.max(1, values.length) * ROW,
  )
  return {
    ...frame,
    config: { ...frame.config, title: { ...frame.config.title, frame: 'bounds' } },
    data: { name: 'targets', values },
    encoding: { y: { ...y, sort: [...y.sort] } },
    layer: [
      {
        mark: { type: 'bar', height: 10, color: '#D0D7DE', cornerRadius: 2 },
        encoding: {
          x: {
            field: 'low',
            type: 'quantitative',
            scale: { domain: [-EDGE, EDGE], nice: false },
            axis: {
              title: null,
              values: [-1, 1],
              labelExpr: "datum.value < 0 ? 'lower end' : 'upper end'",
              grid: true,
              domain: false,
              ticks: false,
            },
          },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 72, opacity: 1 },
        encoding: {
          x: { field: 'at', type: 'quantitative' },
          color: { field: 'verdict', type: 'nominal', scale: verdict, legend: null },
          shape: { field: 'shape', type: 'nominal', scale: null },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 12, fontSize: 12 },
        encoding: {
          x: { value: 'width' },
          text: { field: 'text', type: 'nominal' },
          color: { condition: { test: "datum.verdict === 'outside'", value: ink.error }, value: ink.text },
        },
      },
    ],
  }
}
