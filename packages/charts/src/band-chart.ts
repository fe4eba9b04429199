import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame, withHeadroom } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import { type Layer, observationExtent, observationLayers } from './observation-layers.ts'
import { ink, seriesColours } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import { doseLayers, quantificationLayers } from './reference-layers.ts'
import type { Axis, BandRow, DoseRow, ObservationRow } from './rows.ts'

/** Percentiles of a population over time. */
export interface BandChart extends ChartOptions {
  readonly x: Axis
  readonly y: Axis
  readonly bands: readonly BandRow[]
  /** Subjects behind the percentiles. */
  readonly subjects: number
  readonly observations?: readonly ObservationRow[]
  readonly doses?: readonly DoseRow[]
  readonly lloq?: { readonly value: number; readonly label: string }
}

const OUTER = '5th to 95th percentile'
const INNER = '25th to 75th percentile'
const MEDIAN = 'median'

/** Width of a plot that the legend has room above in one row, px. */
const LEGEND_WIDTH = 440

/** Series blue at 18 % and 32 % over white, opaque so that the inner band does not add to the outer. */
const FILLS = ['#D1E7F2', '#99C7E0']

function summary(rows: readonly BandRow[], subjects: number, x: Axis, y: Axis): string {
  const peak = rows.reduce<BandRow | null>((best, row) => (best !== null && best.p50 >= row.p50 ? best : row), null)
  const course =
    peak === null
      ? ''
      : ` The median peaks at ${formatValue(peak.p50)} (5th to 95th percentile ${formatValue(peak.p5)} to ${formatValue(peak.p95)}) at ${x.title.toLowerCase()} ${formatValue(peak.time)}.`
  return `${axisTitle(y)} over ${axisTitle(x)}, percentiles of ${subjects} subjects.${course}`
}

/**
 * Percentile bands (5 to 95 and 25 to 75) and median of a population, with observations, doses and limit of quantification.
 * Data sets are named `bands`, `observations` and `doses`. On a logarithmic axis percentiles that are zero or below are drawn
 * at the foot of the plot; rows whose median is zero or below are refused.
 *
 * @throws RangeError on a logarithmic axis for medians or observations that are zero or below.
 */
export function bandChart(chart: BandChart): TopLevelSpec {
  const { x, y, bands, subjects, observations = [], doses = [], lloq } = chart
  const drawn = [...bands.map(({ p50 }) => p50), ...observations.map(({ value }) => value)]
  checkPositive('bandChart', y.scale, drawn)
  const xDomain = tightDomain(
    x,
    [...bands, ...observations, ...doses].map(({ time }) => time),
  )
  const limit = lloq === undefined ? [] : [lloq.value]
  const yDomain = axisDomain(
    y,
    bands.flatMap(({ p5, p50, p95 }) => [p5, p50, p95]),
    [...observationExtent(observations, y), ...limit],
  )
  const foot = (value: number) => (y.scale === 'log' && !(value > 0) ? yDomain[0] : value)
  const values = bands.map(({ time, p5, p25, p50, p75, p95 }) => ({
    time,
    p5: foot(p5),
    p25: foot(p25),
    p50,
    p75: foot(p75),
    p95: foot(p95),
  }))
  const series = [MEDIAN, ...new Set(observations.map((row) => row.series))]
  const colours = series.map((_, i) => (i === 0 ? (seriesColours[0] ?? ink.text) : ink.text))
  const isNarrow = typeof chart.width === 'number' && chart.width < LEGEND_WIDTH
  const band = (low: 'p5' | 'p25', high: 'p75' | 'p95', name: string): Layer => ({
    data: { name: 'bands', values },
    mark: { type: 'area', clip: true, opacity: 1, line: false, stroke: '#5FA6CC', strokeWidth: 0.75 },
    encoding: {
      x: { field: 'time', type: 'quantitative' },
      y: { field: low, type: 'quantitative' },
      y2: { field: high },
      fill: {
        datum: name,
        type: 'nominal',
        scale: { domain: [OUTER, INNER], range: [...FILLS] },
        legend: { symbolType: 'square', symbolStrokeWidth: 0, ...(isNarrow ? { columns: 1 } : {}) },
      },
    },
  })
  const number = { type: 'quantitative', format: '.3~g' } as const
  const frame = chartFrame(chart, summary(bands, subjects, x, y))
  return {
    ...(doses.length > 0 ? withHeadroom(frame, true) : frame),
    layer: [
      band('p5', 'p95', OUTER),
      band('p25', 'p75', INNER),
      ...doseLayers(doses, xDomain),
      ...(lloq === undefined ? [] : quantificationLayers(lloq.value, lloq.label, xDomain[1])),
      {
        data: { name: 'bands', values },
        mark: { type: 'line', clip: true },
        encoding: {
          x: axisChannel('time', x, xDomain, { grid: false }),
          y: axisChannel('p50', y, yDomain, { nice: y.domain === undefined }),
          color: {
            datum: MEDIAN,
            type: 'nominal',
            scale: { domain: series, range: colours },
            legend: { symbolType: 'stroke', values: [MEDIAN] },
          },
          tooltip: [
            { field: 'time', title: axisTitle(x), ...number },
            { field: 'p5', title: '5th percentile', ...number },
            { field: 'p25', title: '25th percentile', ...number },
            { field: 'p50', title: 'Median', ...number },
            { field: 'p75', title: '75th percentile', ...number },
            { field: 'p95', title: '95th percentile', ...number },
          ],
        },
      },
      ...observationLayers(observations, x, y, xDomain, yDomain),
    ],
  }
}
