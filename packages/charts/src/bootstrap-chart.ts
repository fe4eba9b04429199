import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import type { ChartOptions } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { histogram } from './histogram.ts'
import type { Layer } from './observation-layers.ts'
import { ink, seriesColours } from './palette.ts'
import { closeLogDomain, panelAxis } from './panel-axis.ts'
import { type GridPanel, panelGrid } from './panel-grid.ts'
import type { Axis } from './rows.ts'

/** Estimates of one parameter from data sets that were drawn anew. */
export interface BootstrapPanel {
  readonly axis: Axis
  /** Of the data themselves. */
  readonly estimate: number
  readonly values: readonly number[]
  /** Percentiles; NaN where there are none. */
  readonly lower: number
  readonly upper: number
}

export interface BootstrapChart extends ChartOptions {
  readonly panels: readonly BootstrapPanel[]
  /** `95 %`. */
  readonly level: string
  /** Panels in a row (4). */
  readonly columns?: number
}

const SIZE = { width: 150, height: 84 }
const BINS = 20

/**
 * Distributions of bootstrap estimates, a small panel for each parameter: a histogram, the estimate as a solid line, percentiles as
 * dashed ones. On a logarithmic axis values that are zero or below are left out, and the description counts them. The data set
 * of panel k (from 1) is named `bins-k`.
 */
export function bootstrapChart(chart: BootstrapChart): TopLevelSpec {
  const said = chart.panels.map(({ axis, estimate, values, lower, upper }) => {
    const left = axis.scale === 'log' ? values.filter((value) => !(value > 0)).length : 0
    const range =
      lower <= upper ? `, ${chart.level} of ${values.length} from ${formatValue(lower)} to ${formatValue(upper)}` : ''
    return `${axis.title}: estimate ${formatValue(estimate)}${range}${left > 0 ? `, ${left} not shown` : ''}`
  })
  return panelGrid(chart, {
    description: `Bootstrap estimates. ${said.join('. ')}.`,
    heading: 'Data sets by their estimate',
    panels: chart.panels.map(panelOf),
    size: {
      width: typeof chart.width === 'number' ? chart.width : SIZE.width,
      height: typeof chart.height === 'number' ? chart.height : SIZE.height,
    },
  })
}

function panelOf({ axis, estimate, values, lower, upper }: BootstrapPanel, k: number): GridPanel {
  const shown = values.filter((value) => Number.isFinite(value) && (axis.scale === 'linear' || value > 0))
  const domain =
    axis.domain ??
    (axis.scale === 'log' ? closeLogDomain([...shown, estimate]) : axisDomain(axis, [...shown, estimate]))
  const rows = histogram(shown, domain, axis.scale, BINS)
  const most = rows.reduce((high, { count }) => Math.max(high, count), 1)
  const y: Axis = { title: '', unit: '', scale: 'linear', domain: [0, most] }
  const count = { ...axisChannel('count', y, [0, most * 1.08], { grid: false }), title: null }
  const at = { x: { field: 'from', type: 'quantitative' } } as const
  const layer: readonly Layer[] = [
    {
      data: { name: `bins-${k + 1}`, values: [...rows] },
      mark: { type: 'rect', color: '#66AAD1', stroke: '#FFFFFF', strokeWidth: 0.5 },
      encoding: {
        x: panelAxis('from', axis, domain),
        x2: { field: 'to' },
        y: { ...count, axis: { ...count.axis, tickCount: 3, tickMinStep: 1, format: 'd' } },
        y2: { datum: 0 },
      },
    },
    {
      data: {
        values: [lower, upper].filter((value) => value >= domain[0] && value <= domain[1]).map((from) => ({ from })),
      },
      mark: { type: 'rule', color: ink.text, strokeDash: [4, 3], strokeWidth: 1.25 },
      encoding: at,
    },
    {
      data: { values: [{ from: estimate }] },
      mark: { type: 'rule', color: seriesColours[1] ?? ink.text, strokeWidth: 2 },
      encoding: at,
    },
  ]
  return { title: axisTitle(axis), lines: [], layer }
}
