import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import type { Axis } from './rows.ts'
import { seriesStyle } from './series-style.ts'

/** A summary of a group at a time. */
export interface GroupSummaryRow {
  readonly group: string
  readonly time: number
  /** NaN where there is none to draw: the line is broken there. */
  readonly value: number
  /** Ends of the bar; equal to value where there is none. */
  readonly lower: number
  readonly upper: number
}

/** Summaries of groups over time. */
export interface GroupSummaryChart extends ChartOptions {
  readonly x: Axis
  readonly y: Axis
  /** In order of time within a group. */
  readonly rows: readonly GroupSummaryRow[]
  /** What a point and its bar are: `median with quartiles`. */
  readonly statistic: string
  readonly lloq?: number
}

/**
 * A line with points and bars per group on common axes. The lower end of a bar that a logarithmic axis cannot show is drawn to the
 * foot of the plot. The data set is named `summaries`.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below, and above 25 groups.
 */
export function groupSummaryChart(chart: GroupSummaryChart): TopLevelSpec {
  const { x, y, rows, statistic, lloq } = chart
  const limit = lloq === undefined ? [] : [lloq]
  const drawn = rows.filter(({ value }) => Number.isFinite(value))
  checkPositive('groupSummaryChart', y.scale, [...drawn.map(({ value }) => value), ...limit])
  const { names, colours, dashes } = seriesStyle(rows.map(({ group }) => group))
  const xDomain = tightDomain(
    x,
    rows.map(({ time }) => time),
  )
  const ends = drawn.flatMap(({ value, lower, upper }) => [value, lower, upper])
  const yDomain = axisDomain(y, [], [...ends.filter((end) => y.scale === 'linear' || end > 0), ...limit])
  const values = rows.map(({ group, time, value, lower, upper }) =>
    Number.isFinite(value)
      ? { group, time, value, lower: y.scale === 'log' && !(lower > 0) ? yDomain[0] : lower, upper }
      : { group, time, value: null, lower: null, upper: null },
  )
  const legend = names.length > 1 ? { symbolType: 'stroke', columns: 4 } : null
  const number = { type: 'quantitative', format: '.3~g' } as const
  const domain = [...names]
  return {
    ...chartFrame(
      chart,
      `${axisTitle(y)} over ${axisTitle(x)}: ${statistic}, of ${names.length} ${names.length === 1 ? 'group' : 'groups'}.`,
      420,
      230,
    ),
    layer: [
      {
        data: { values: limit.map((level) => ({ level })) },
        mark: { type: 'rule', color: ink.muted, strokeDash: [5, 4], strokeWidth: 1 },
        encoding: { y: { field: 'level', type: 'quantitative' } },
      },
      {
        data: { name: 'summaries', values },
        transform: [{ filter: 'datum.lower < datum.upper' }],
        mark: { type: 'rule', strokeWidth: 1, clip: true, opacity: 0.7 },
        encoding: {
          x: { field: 'time', type: 'quantitative' },
          y: { field: 'lower', type: 'quantitative' },
          y2: { field: 'upper' },
          color: { field: 'group', type: 'nominal' },
        },
      },
      {
        data: { name: 'summaries', values },
        mark: { type: 'line', clip: true, point: { filled: true, size: 20 }, strokeWidth: 1.75 },
        encoding: {
          x: axisChannel('time', x, xDomain, { grid: false }),
          y: axisChannel('value', y, yDomain),
          color: { field: 'group', type: 'nominal', scale: { domain, range: [...colours] }, legend },
          strokeDash: {
            field: 'group',
            type: 'nominal',
            scale: { domain, range: dashes.map((dash) => [...dash]) },
            legend,
          },
          tooltip: [
            { field: 'group', title: 'Group', type: 'nominal' },
            { field: 'time', title: axisTitle(x), ...number },
            { field: 'value', title: axisTitle(y), ...number },
            { field: 'lower', title: 'From', ...number },
            { field: 'upper', title: 'To', ...number },
          ],
        },
      },
    ],
  }
}
