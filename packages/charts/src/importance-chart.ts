import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { inputAxis } from './input-axis.ts'
import { ink, seriesColours } from './palette.ts'
import type { Axis, ImportanceRow } from './rows.ts'

/** How much inputs matter for an output. */
export interface ImportanceChart extends ChartOptions {
  /** In the order of the bars, the most important first; rows of one input stand together. */
  readonly rows: readonly ImportanceRow[]
  readonly x: Axis
  /** Named in the description: `Peak IL-6`. */
  readonly output: string
}

const ROW = 26

/**
 * Bars with the intervals of their values, those of one input side by side; one colour for each measure. An axis of shares should
 * be given the domain [0, 1]. The data set is named `importance`.
 */
export function importanceChart(chart: ImportanceChart): TopLevelSpec {
  const { rows, x, output } = chart
  const inputs = [...new Set(rows.map(({ input }) => input))]
  const measures = [...new Set(rows.map(({ measure }) => measure))]
  const values = rows
    .filter(({ value }) => Number.isFinite(value))
    .map((row) => ({
      ...row,
      lower: Number.isFinite(row.lower) ? row.lower : row.value,
      upper: Number.isFinite(row.upper) ? row.upper : row.value,
      zero: 0,
    }))
  const low = values.reduce((least, { lower, value }) => Math.min(least, lower, value), 0)
  const high = values.reduce((most, { upper, value }) => Math.max(most, upper, value), 0)
  const [from, to] = x.domain ?? [0, 0]
  const domain = [Math.min(from, low), Math.max(to, high) || 1] as const
  const first = values.filter(({ measure }) => measure === measures[0]).slice(0, 3)
  const told = first.map(({ input, value }) => `${input} ${formatValue(value, 2)}`).join(', ')
  const yOffset = {
    field: 'measure',
    type: 'nominal',
    sort: measures,
    scale: { paddingInner: 0.15, paddingOuter: 0.1 },
  } as const
  const position = axisChannel('value', x, domain)
  return {
    ...chartFrame(
      chart,
      `${measures.join(' and ')} of ${inputs.length} inputs for ${output}. ${told === '' ? 'It does not vary.' : `First: ${told}.`}`,
      420,
      Math.max(1, inputs.length) * ROW,
    ),
    data: { name: 'importance', values },
    encoding: { y: inputAxis(inputs), yOffset },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          x: position,
          x2: { field: 'zero' },
          color: {
            field: 'measure',
            type: 'nominal',
            scale: {
              domain: measures,
              range: measures.map((_, k) => seriesColours[k % seriesColours.length] ?? ink.line),
            },
            legend: measures.length > 1 ? {} : null,
          },
          tooltip: [
            { field: 'input', title: 'Input', type: 'nominal' },
            { field: 'measure', title: 'Measure', type: 'nominal' },
            { field: 'value', title: 'Value', type: 'quantitative', format: '.3~g' },
            { field: 'lower', title: 'From', type: 'quantitative', format: '.3~g' },
            { field: 'upper', title: 'To', type: 'quantitative', format: '.3~g' },
          ],
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, color: ink.text },
        encoding: { x: { ...position, field: 'lower' }, x2: { field: 'upper' } },
      },
    ],
  }
}
