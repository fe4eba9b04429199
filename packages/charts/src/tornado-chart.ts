import type { TopLevelSpec } from 'vega-lite'
import { axisChannel } from './axis-channel.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { inputAxis } from './input-axis.ts'
import { seriesColours } from './palette.ts'
import type { Axis, TornadoRow } from './rows.ts'

/** An output with one input at a time at the ends of its range. */
export interface TornadoChart extends ChartOptions {
  /** In the order of the bars. */
  readonly rows: readonly TornadoRow[]
  /** The output with every input at its base value. */
  readonly base: number
  readonly x: Axis
}

const ROW = 22
const ENDS = ['input at its low end', 'input at its high end']

/** Bars from the base value of the output to what it is at the ends of each input. The data set is named `tornado`. */
export function tornadoChart(chart: TornadoChart): TopLevelSpec {
  const { rows, base, x } = chart
  const names = [...new Set(rows.map(({ input }) => input))]
  const values = rows.flatMap(({ input, atLow, atHigh }) =>
    [atLow, atHigh].flatMap((value, k) => (Number.isFinite(value) ? [{ input, value, base, end: ENDS[k] }] : [])),
  )
  const least = values.reduce((lowest, { value }) => Math.min(lowest, value), base)
  const most = values.reduce((highest, { value }) => Math.max(highest, value), base)
  const room = (most - least || Math.abs(base) || 1) * 0.05
  const position = axisChannel('value', x, [least - room, most + room])
  return {
    ...chartFrame(
      chart,
      `${x.title} is ${formatValue(base)} at the base values; ${names.length} inputs, one at a time, move it between ${formatValue(least)} and ${formatValue(most)}.`,
      420,
      Math.max(1, names.length) * ROW,
    ),
    data: { name: 'tornado', values },
    encoding: {
      y: inputAxis(names),
    },
    layer: [
      {
        mark: { type: 'bar', height: 12, opacity: 0.9 },
        encoding: {
          x: position,
          x2: { field: 'base' },
          color: {
            field: 'end',
            type: 'nominal',
            scale: { domain: ENDS, range: seriesColours.slice(0, 2) },
            legend: {},
          },
          tooltip: [
            { field: 'input', title: 'Input', type: 'nominal' },
            { field: 'end', title: 'Where', type: 'nominal' },
            { field: 'value', title: x.title, type: 'quantitative', format: '.4~g' },
          ],
        },
      },
    ],
  }
}
