import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink, seriesColours } from './palette.ts'
import type { Axis } from './rows.ts'

/** A residual and the quantile where it would be expected. */
export interface QuantileRow {
  /** Quantile of the standard normal distribution at the residual's rank. */
  readonly expected: number
  readonly residual: number
  readonly label: string
}

/** Ordered residuals over normal quantiles. */
export interface QuantileChart extends ChartOptions {
  readonly rows: readonly QuantileRow[]
}

const EXPECTED: Axis = { title: 'Normal quantile', unit: '', scale: 'linear' }
const RESIDUAL: Axis = { title: 'Weighted residual', unit: '', scale: 'linear' }

/** Ordered residuals over the quantiles of the standard normal distribution, with the line of identity. The data set is `quantiles`. */
export function quantileChart(chart: QuantileChart): TopLevelSpec {
  const rows = chart.rows.filter(({ residual }) => Number.isFinite(residual))
  const size = rows.flatMap(({ expected, residual }) => [Math.abs(expected), Math.abs(residual)])
  const [, largest] = axisDomain(RESIDUAL, [0, 2, ...size])
  const domain = [-largest, largest] as const
  return {
    ...chartFrame(
      chart,
      `${rows.length} weighted residuals in order over the normal quantiles of their ranks, with the line of identity.`,
      260,
      260,
    ),
    layer: [
      {
        data: { values: [{ from: -largest, to: largest }] },
        mark: { type: 'rule', color: ink.line, strokeDash: [5, 4], strokeWidth: 1.25 },
        encoding: {
          x: { field: 'from', type: 'quantitative' },
          y: { field: 'from', type: 'quantitative' },
          x2: { field: 'to' },
          y2: { field: 'to' },
        },
      },
      {
        data: { name: 'quantiles', values: rows.map((row) => ({ ...row })) },
        mark: {
          type: 'point',
          filled: false,
          color: seriesColours[0] ?? ink.text,
          size: 42,
          strokeWidth: 1.5,
          opacity: 1,
        },
        encoding: {
          x: axisChannel('expected', EXPECTED, domain),
          y: axisChannel('residual', RESIDUAL, domain),
          tooltip: [
            { field: 'label', title: 'Observation', type: 'nominal' },
            { field: 'expected', title: EXPECTED.title, type: 'quantitative', format: '.3~g' },
            { field: 'residual', title: RESIDUAL.title, type: 'quantitative', format: '.3~g' },
          ],
        },
      },
    ],
  }
}
