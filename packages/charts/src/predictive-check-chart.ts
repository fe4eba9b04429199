import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import type { Layer } from './observation-layers.ts'
import { ink } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import { quantificationLayers } from './reference-layers.ts'
import type { Axis } from './rows.ts'

/** A percentile, or a share, of the observations of a bin, and the interval of the same over simulated replicates. */
export interface CheckedRow {
  readonly from: number
  readonly to: number
  readonly time: number
  /** What it is of: `50th percentile`. */
  readonly series: string
  /** Whether it is the middle one. */
  readonly middle: boolean
  /** NaN where there is none to draw (below the limit of quantification). */
  readonly observed: number
  /** Ends and middle of the interval; NaN where there is none. */
  readonly lower: number
  readonly median: number
  readonly upper: number
}

/** Observed percentiles over the intervals that simulations give. */
export interface PredictiveCheckChart extends ChartOptions {
  readonly x: Axis
  readonly y: Axis
  readonly rows: readonly CheckedRow[]
  /** Quantified observations, drawn small. */
  readonly observations: readonly { readonly time: number; readonly value: number }[]
  readonly lloq?: { readonly value: number; readonly label: string }
  /** What the intervals are: `90 % interval of 500 replicates`. */
  readonly interval: string
}

/** Blue and vermillion of the series colours at 22 % over white. */
const FILLS = { middle: '#F6DBC7', outer: '#C7DFED' } as const
/** Room of the vertical axis, px: so that charts below one another have their times below one another. */
const LABELS = 44
const LINES = { middle: '#B24E00', outer: '#005A8C' } as const

/**
 * Visual predictive check: for every bin of time a box from the lower to the upper end of the simulated interval of each percentile,
 * the middle one in another colour; observed percentiles as lines (middle solid, others dashed) with points. The data sets are
 * named `intervals`, `percentiles` and `observations`.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below.
 */
export function predictiveCheckChart(chart: PredictiveCheckChart): TopLevelSpec {
  const { x, y, rows, observations, lloq, interval } = chart
  const boxes = rows.filter(({ lower, upper }) => Number.isFinite(lower) && Number.isFinite(upper))
  const lines = rows.filter(({ observed }) => Number.isFinite(observed))
  const shown = [
    ...boxes.flatMap(({ lower, upper }) => [lower, upper]),
    ...lines.map(({ observed }) => observed),
    ...observations.map(({ value }) => value),
    ...(lloq === undefined ? [] : [lloq.value]),
  ]
  checkPositive('predictiveCheckChart', y.scale, shown)
  const xDomain = tightDomain(
    x,
    rows.flatMap(({ from, to }) => [from, to]),
  )
  const yDomain = axisDomain(y, [], shown)
  const names = [...new Set(rows.map(({ series }) => series))]
  const bins = new Set(rows.map(({ from }) => from)).size
  const outside = lines.filter(({ observed, lower, upper }) => observed < lower || observed > upper).length
  const said = `${axisTitle(y)} over ${axisTitle(x)} in ${bins} bins: ${names.join(', ')} of the observations, and the ${interval}. ${outside} of ${lines.length} observed percentiles lie outside.`
  return {
    ...chartFrame(chart, said),
    layer: [
      ...checkedLayers(rows, xDomain, yDomain, { x, y }),
      ...(lloq === undefined ? [] : quantificationLayers(lloq.value, lloq.label, xDomain[1])),
      {
        data: { name: 'observations', values: observations.map((row) => ({ ...row })) },
        mark: { type: 'point', filled: true, color: ink.muted, size: 10, opacity: 0.45, clip: true },
        encoding: { x: { field: 'time', type: 'quantitative' }, y: { field: 'value', type: 'quantitative' } },
      },
    ],
  }
}

/** The share of observations below the limit of quantification over time. */
export interface BelowLimitChart extends ChartOptions {
  readonly x: Axis
  /** Shares as fractions. */
  readonly rows: readonly CheckedRow[]
  readonly interval: string
}

/**
 * Share of observations below the limit of quantification by bin of time, with the interval that simulations give. Data sets as in
 * `predictiveCheckChart`.
 */
export function belowLimitChart(chart: BelowLimitChart): TopLevelSpec {
  const { x, interval } = chart
  const percent = (value: number) => value * 100
  const rows = chart.rows.map((row) => ({
    ...row,
    observed: percent(row.observed),
    lower: percent(row.lower),
    median: percent(row.median),
    upper: percent(row.upper),
  }))
  const lines = rows.filter(({ observed }) => Number.isFinite(observed))
  const xDomain = tightDomain(
    x,
    rows.flatMap(({ from, to }) => [from, to]),
  )
  const y: Axis = { title: 'Below LLOQ', unit: '%', scale: 'linear', domain: [0, 100] }
  const most = lines.reduce((high, { observed }) => Math.max(high, observed), 0)
  return {
    ...chartFrame(
      chart,
      `Share of observations below the limit of quantification over ${axisTitle(x)}, at most ${most.toFixed(0)} %, and the ${interval}.`,
      640,
      140,
    ),
    layer: [...checkedLayers(rows, xDomain, [0, 100], { x, y, ticks: 5 })],
  }
}

function checkedLayers(
  rows: readonly CheckedRow[],
  xDomain: readonly [number, number],
  yDomain: readonly [number, number],
  { x, y, ticks }: { readonly x: Axis; readonly y: Axis; readonly ticks?: number },
): readonly Layer[] {
  const value = axisChannel('observed', y, yDomain)
  const boxes = rows.filter(({ lower, upper }) => Number.isFinite(lower) && Number.isFinite(upper))
  const lines = rows.filter(({ observed }) => Number.isFinite(observed))
  const tone = (row: CheckedRow) => (row.middle ? 'middle' : 'outer')
  const plain = ({ observed: _, ...row }: CheckedRow) => row
  const intervals = boxes.map((row) => ({
    ...plain(row),
    median: Number.isFinite(row.median) ? row.median : row.lower,
    fill: FILLS[tone(row)],
    line: LINES[tone(row)],
  }))
  // a value that is not there breaks the line
  const percentiles = rows.map(({ time, observed, series, middle }) => ({
    time,
    observed: Number.isFinite(observed) ? observed : null,
    series,
    middle,
  }))
  const middle = lines.filter((row) => row.middle).map(({ series }) => series)
  const drawn = new Set(lines.map(({ series }) => series))
  const names = [...new Set(rows.map(({ series }) => series))].filter((name) => drawn.has(name))
  const colours = names.map((name) => LINES[middle.includes(name) ? 'middle' : 'outer'])
  const dashes = names.map((name) => (middle.includes(name) ? [1, 0] : [5, 3]))
  const number = { type: 'quantitative', format: '.3~g' } as const
  const legend = names.length > 1 ? { symbolType: 'stroke' } : null
  return [
    {
      data: { name: 'intervals', values: intervals },
      mark: { type: 'rect', clip: true, opacity: 0.85, stroke: '#FFFFFF', strokeWidth: 0.5 },
      encoding: {
        x: { field: 'from', type: 'quantitative' },
        x2: { field: 'to' },
        y: { field: 'lower', type: 'quantitative' },
        y2: { field: 'upper' },
        fill: { field: 'fill', type: 'nominal', scale: null },
        tooltip: [
          { field: 'series', title: 'Simulated', type: 'nominal' },
          { field: 'lower', title: 'From', ...number },
          { field: 'median', title: 'Median', ...number },
          { field: 'upper', title: 'To', ...number },
        ],
      },
    },
    {
      data: { name: 'intervals', values: intervals },
      mark: { type: 'rule', clip: true, strokeWidth: 1 },
      encoding: {
        x: { field: 'from', type: 'quantitative' },
        x2: { field: 'to' },
        y: { field: 'median', type: 'quantitative' },
        stroke: { field: 'line', type: 'nominal', scale: null },
      },
    },
    {
      data: { name: 'percentiles', values: percentiles },
      mark: { type: 'line', clip: true, point: { filled: true, size: 26 }, strokeWidth: 1.75 },
      encoding: {
        x: axisChannel('time', x, xDomain, { grid: false }),
        y: {
          ...value,
          axis: { ...value.axis, minExtent: LABELS, ...(ticks === undefined ? {} : { tickCount: ticks }) },
        },
        color: { field: 'series', type: 'nominal', scale: { domain: names, range: colours }, legend },
        strokeDash: { field: 'series', type: 'nominal', scale: { domain: names, range: dashes }, legend },
        tooltip: [
          { field: 'series', title: 'Observed', type: 'nominal' },
          { field: 'time', title: axisTitle(x), ...number },
          { field: 'observed', title: axisTitle(y), ...number },
        ],
      },
    },
  ]
}
