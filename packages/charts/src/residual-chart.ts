import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import { predictionEncoding } from './prediction-encoding.ts'
import type { Axis, PredictionRow } from './rows.ts'

/** Weighted residuals over time or over the prediction. */
export interface ResidualChart extends ChartOptions {
  readonly rows: readonly PredictionRow[]
  readonly over: 'time' | 'predicted'
  readonly x: Axis
}

const RESIDUAL = { title: 'Weighted residual', unit: '', scale: 'linear' } as const
/** Quantile of the standard normal distribution that 95 % of residuals should not exceed in size. */
const LIMIT = 1.96

/**
 * Weighted residuals with lines at 0 and ±1.96; rows without one (censored) are left out. The vertical axis is symmetric. The
 * data set is named `residuals`.
 *
 * @throws RangeError on a logarithmic axis for predictions that are zero or below.
 */
export function residualChart(chart: ResidualChart): TopLevelSpec {
  const { over, x } = chart
  const rows = chart.rows.filter(({ residual }) => Number.isFinite(residual))
  const positions = rows.map((row) => row[over])
  checkPositive('residualChart', x.scale, positions)
  const [, largest] = axisDomain(RESIDUAL, [0, 3, ...rows.map(({ residual }) => Math.abs(residual))])
  const xDomain = axisDomain(x, [], positions)
  const outside = rows.filter(({ residual }) => Math.abs(residual) > LIMIT).length
  const description = `Weighted residuals over ${over === 'time' ? 'time' : 'prediction'}: ${rows.length} observations, ${outside} beyond ±1.96.`
  return {
    ...chartFrame(chart, description, 260, 200),
    layer: [
      {
        data: { values: [{ level: -LIMIT }, { level: LIMIT }] },
        mark: { type: 'rule', color: ink.line, strokeDash: [3, 3] },
        encoding: { y: { field: 'level', type: 'quantitative' } },
      },
      {
        data: { values: [{ level: 0 }] },
        mark: { type: 'rule', color: ink.muted },
        encoding: { y: { field: 'level', type: 'quantitative' } },
      },
      {
        data: { name: 'residuals', values: rows.map((row) => ({ ...row })) },
        mark: { type: 'point', filled: false, size: 42, strokeWidth: 1.5, opacity: 1, clip: true },
        encoding: {
          x: axisChannel(over, x, xDomain, { grid: false }),
          y: axisChannel('residual', RESIDUAL, [-largest, largest]),
          ...predictionEncoding(rows, ''),
        },
      },
    ],
  }
}
