import type { Field } from 'vega-lite/types_unstable/channeldef.js'
import type { LayerSpec, UnitSpec } from 'vega-lite/types_unstable/spec/index.js'
import { axisTitle } from './axis-channel.ts'
import { formatValue } from './format-value.ts'
import type { Axis, ObservationRow } from './rows.ts'

export type Layer = LayerSpec<Field> | UnitSpec<Field>

const SHAPES = { none: 'circle', left: 'triangle-down', right: 'triangle-up' } as const

/** Values of observations that an axis must reach; ends of ranges that it cannot show are left out. */
export function observationExtent(rows: readonly ObservationRow[], axis: Axis): readonly number[] {
  return rows.flatMap(({ value, lower, upper }) =>
    [value, lower, upper].filter((end) => axis.scale === 'linear' || end > 0),
  )
}

/**
 * Hollow circles with error bars; a value below or above a limit is a triangle that points there. The lower end of a range
 * that a logarithmic axis cannot show is drawn to the foot of the plot.
 *
 * @param xDomain ends of the time axis, `yDomain` of the value axis; values outside are left out.
 */
export function observationLayers(
  rows: readonly ObservationRow[],
  x: Axis,
  y: Axis,
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
): readonly Layer[] {
  if (rows.length === 0) return []
  const inside = (value: number, [lo, hi]: readonly [number, number]) => value >= lo && value <= hi
  const shown = rows.filter(({ time, value }) => inside(time, xDomain) && inside(value, yDomain))
  const values = shown.map(({ time, value, lower, upper, series, label, source, censored }) => ({
    time,
    value,
    low: y.scale === 'log' && !(lower > 0) ? yDomain[0] : lower,
    high: upper,
    series,
    label,
    source,
    range: lower < upper ? `${formatValue(lower)} to ${formatValue(upper)}` : 'not given',
    shape: SHAPES[censored ?? 'none'],
  }))
  const tooltip = [
    { field: 'time', title: axisTitle(x), type: 'quantitative' },
    { field: 'value', title: axisTitle(y), type: 'quantitative', format: '.3~g' },
    { field: 'range', title: 'Range', type: 'nominal' },
    { field: 'label', title: 'Observed', type: 'nominal' },
    { field: 'source', title: 'Source', type: 'nominal' },
  ] as const
  return [
    {
      data: { name: 'observations', values },
      transform: [{ filter: 'datum.low < datum.high' }],
      mark: { type: 'rule', strokeWidth: 1.25, clip: true },
      encoding: {
        x: { field: 'time', type: 'quantitative' },
        y: { field: 'low', type: 'quantitative' },
        y2: { field: 'high' },
        color: { field: 'series', type: 'nominal' },
      },
    },
    {
      data: { name: 'observations', values },
      mark: { type: 'point', filled: false, fill: '#FFFFFF', size: 48, strokeWidth: 1.5, opacity: 1 },
      encoding: {
        x: { field: 'time', type: 'quantitative' },
        y: { field: 'value', type: 'quantitative' },
        color: { field: 'series', type: 'nominal' },
        shape: { field: 'shape', type: 'nominal', scale: null },
        tooltip: [...tooltip],
      },
    },
  ]
}
