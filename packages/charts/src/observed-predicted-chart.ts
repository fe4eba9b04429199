import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import { predictionEncoding } from './prediction-encoding.ts'
import type { PredictionRow } from './rows.ts'

/** Observed against predicted values of one quantity. */
export interface ObservedPredictedChart extends ChartOptions {
  readonly rows: readonly PredictionRow[]
  /** Quantity and unit of both axes. */
  readonly quantity: { readonly title: string; readonly unit: string; readonly scale: 'linear' | 'log' }
}

/**
 * Observed over predicted values with the line of identity, both axes alike. The data set is named `predictions`.
 *
 * @throws RangeError on logarithmic axes for values that are zero or below (`positiveOnly`).
 */
export function observedPredictedChart(chart: ObservedPredictedChart): TopLevelSpec {
  const { rows, quantity } = chart
  const values = rows.flatMap(({ observed, predicted }) => [observed, predicted])
  checkPositive('observedPredictedChart', quantity.scale, values)
  const domain = axisDomain(quantity, [], values)
  const [lo, hi] = domain
  const description = `Observed over predicted ${quantity.title}, ${rows.length} observations, with the line of identity.`
  return {
    ...chartFrame(chart, description, 260, 260),
    layer: [
      {
        data: { values: [{ from: lo, to: hi }] },
        mark: { type: 'rule', color: ink.line, strokeDash: [5, 4], strokeWidth: 1.25 },
        encoding: {
          x: { field: 'from', type: 'quantitative' },
          y: { field: 'from', type: 'quantitative' },
          x2: { field: 'to' },
          y2: { field: 'to' },
        },
      },
      {
        data: { name: 'predictions', values: rows.map((row) => ({ ...row })) },
        mark: { type: 'point', filled: false, size: 42, strokeWidth: 1.5, opacity: 1 },
        encoding: {
          x: axisChannel('predicted', { ...quantity, title: `Predicted ${quantity.title}` }, domain),
          y: axisChannel('observed', { ...quantity, title: `Observed ${quantity.title}` }, domain),
          ...predictionEncoding(rows, quantity.unit),
        },
      },
    ],
  }
}
