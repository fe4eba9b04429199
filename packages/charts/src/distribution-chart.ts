import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { histogram } from './histogram.ts'
import { ink, seriesColours } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import type { Axis } from './rows.ts'

/** How an endpoint spreads over a population. */
export interface DistributionChart extends ChartOptions {
  readonly x: Axis
  /** One value per subject; NaN where the endpoint is not defined. */
  readonly values: readonly number[]
  /** Published range and centre, in the unit of x. */
  readonly published?: { readonly lo: number; readonly hi: number; readonly label: string }
  /** Defaults to 24. */
  readonly bins?: number
}

function median(sorted: readonly number[]): number {
  const half = sorted.length / 2
  const upper = sorted[Math.floor(half)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Histogram of an endpoint over subjects with its median, and the published range as a bracket above. Subjects without a
 * value are counted in the description. The data set is named `bins`.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below.
 */
export function distributionChart(chart: DistributionChart): TopLevelSpec {
  const { x, values, published, bins = 24 } = chart
  const finite = values.filter(Number.isFinite).toSorted((a, b) => a - b)
  checkPositive('distributionChart', x.scale, finite)
  const ends = published === undefined ? [] : [published.lo, published.hi]
  const domain = axisDomain(x, [], [...finite, ...ends])
  const rows = histogram(finite, domain, x.scale, bins)
  const most = rows.reduce((largest, { count }) => Math.max(largest, count), 1)
  const middle = median(finite)
  const missing = values.length - finite.length
  const spread = `${x.title} of ${finite.length} subjects: median ${formatValue(middle)}.`
  const range =
    published === undefined ? '' : ` ${published.label}: ${formatValue(published.lo)} to ${formatValue(published.hi)}.`
  const without = missing > 0 ? ` ${missing} subjects have no value.` : ''
  const y: Axis = { title: 'Subjects', unit: '', scale: 'linear', domain: [0, most * 1.25] }
  const head = most * 1.12
  const level = { field: 'level', type: 'quantitative' } as const
  const bracket = published === undefined ? [] : [{ ...published, level: head }]
  const subtitle = chart.subtitle ?? `${finite.length} subjects, line: median ${formatValue(middle)}`
  return {
    ...chartFrame({ ...chart, subtitle }, `${spread}${range}${without}`, 260, 160),
    layer: [
      {
        data: { name: 'bins', values: [...rows] },
        mark: { type: 'rect', color: '#66AAD1', stroke: '#FFFFFF', strokeWidth: 0.75 },
        encoding: {
          x: axisChannel('from', x, domain, { grid: false }),
          x2: { field: 'to' },
          y: axisChannel('count', y, [0, most * 1.25]),
          y2: { datum: 0 },
        },
      },
      {
        data: { values: Number.isFinite(middle) ? [{ middle, foot: 0, top: most * 1.05 }] : [] },
        mark: { type: 'rule', color: seriesColours[0] ?? ink.text, strokeWidth: 2 },
        encoding: {
          x: { field: 'middle', type: 'quantitative' },
          y: { field: 'foot', type: 'quantitative' },
          y2: { field: 'top' },
        },
      },
      {
        data: { values: bracket },
        mark: { type: 'rule', color: ink.text, strokeWidth: 3 },
        encoding: { x: { field: 'lo', type: 'quantitative' }, x2: { field: 'hi' }, y: level },
      },
      {
        data: { values: bracket },
        mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -4, color: ink.text },
        encoding: { x: { field: 'lo', type: 'quantitative' }, y: level, text: { field: 'label', type: 'nominal' } },
      },
    ],
  }
}
