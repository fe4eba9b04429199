import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink, seriesColours } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import type { Axis, CourseRow, ObservationRow } from './rows.ts'

/** A panel per subject: its observations and its curve. */
export interface SubjectChart extends ChartOptions {
  readonly x: Axis
  readonly y: Axis
  /** Curves; `series` is the subject. May be empty. */
  readonly course: readonly CourseRow[]
  /** Observations; `series` is the subject, a censored one lies at its limit. */
  readonly observations: readonly ObservationRow[]
  /** Lower limits of quantification, drawn through every panel. */
  readonly limits?: readonly number[]
  /** Panels in a row (4). */
  readonly columns?: number
}

const PANEL = { width: 150, height: 110 }
const SHAPES = { none: 'circle', left: 'triangle-down', right: 'triangle-up' } as const

/**
 * Small panels on common axes, with the title of the vertical one above all, one per subject in order of appearance: curve, observations as hollow circles (with bars where
 * there is a range), values beyond a limit as triangles on it, limits as dashed lines. `width` and `height` are of a panel, px.
 * The data set is named `subjects`, with a field `kind`: course, observed or limit.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below (`positiveOnly`).
 */
export function subjectChart(chart: SubjectChart): TopLevelSpec {
  const { x, y, course, observations, limits = [], columns = 4 } = chart
  checkPositive('subjectChart', y.scale, [...[...course, ...observations].map(({ value }) => value), ...limits])
  const subjects = [...new Set([...observations, ...course].map(({ series }) => series))]
  const xDomain = tightDomain(
    x,
    [...course, ...observations].map(({ time }) => time),
  )
  const ends = observations.flatMap(({ value, lower, upper }) =>
    [value, lower, upper].filter((end) => y.scale === 'linear' || end > 0),
  )
  const yDomain = axisDomain(
    y,
    course.map(({ value }) => value),
    [...ends, ...limits],
  )
  const values = [
    ...subjects.flatMap((subject) => limits.map((value) => ({ kind: 'limit', subject, time: xDomain[0], value }))),
    ...course.map(({ series, time, value }) => ({ kind: 'course', subject: series, time, value })),
    ...observations.map(({ series, time, value, lower, upper, label, censored }) => ({
      kind: 'observed',
      subject: series,
      time,
      value,
      low: y.scale === 'log' && !(lower > 0) ? yDomain[0] : lower,
      high: upper,
      label,
      shape: SHAPES[censored ?? 'none'],
    })),
  ]
  const censored = observations.filter((row) => row.censored !== undefined).length
  const { $schema, config, description, title } = chartFrame(
    chart,
    `${axisTitle(y)} over ${axisTitle(x)}, one panel for each of ${subjects.length} subjects: ${observations.length} observations, ${censored} of them beyond a limit${course.length > 0 ? ', with a curve' : ''}.`,
  )
  const only = (kind: string) => ({ filter: `datum.kind === '${kind}'` })
  const time = axisChannel('time', x, xDomain, { grid: false })
  const value = axisChannel('value', y, yDomain)
  const few = { tickCount: 4 }
  return {
    $schema,
    config: { ...config, facet: { spacing: 14 }, header: { labelFontSize: 11, labelColor: ink.text, labelPadding: 2 } },
    description,
    // the panels are too low for a title at each of their axes
    title: title ?? { text: axisTitle(y), fontSize: 12, fontWeight: 'normal', color: ink.text },
    data: { name: 'subjects', values },
    facet: { field: 'subject', type: 'nominal', sort: subjects, header: { title: null } },
    columns,
    spec: {
      width: typeof chart.width === 'number' ? chart.width : PANEL.width,
      height: typeof chart.height === 'number' ? chart.height : PANEL.height,
      layer: [
        {
          transform: [only('limit')],
          mark: { type: 'rule', color: ink.muted, strokeDash: [5, 4], strokeWidth: 1 },
          encoding: { y: { field: 'value', type: 'quantitative', title: null } },
        },
        {
          transform: [only('course')],
          mark: { type: 'line', clip: true, color: seriesColours[0] ?? ink.text, strokeWidth: 1.75 },
          encoding: {
            x: { field: 'time', type: 'quantitative' },
            y: { field: 'value', type: 'quantitative', title: null },
          },
        },
        {
          transform: [only('observed'), { filter: 'datum.low < datum.high' }],
          mark: { type: 'rule', color: ink.text, strokeWidth: 1, clip: true },
          encoding: {
            x: { field: 'time', type: 'quantitative' },
            y: { field: 'low', type: 'quantitative', title: null },
            y2: { field: 'high' },
          },
        },
        {
          transform: [only('observed')],
          mark: {
            type: 'point',
            filled: false,
            fill: '#FFFFFF',
            color: ink.text,
            size: 30,
            strokeWidth: 1.25,
            opacity: 1,
          },
          encoding: {
            x: { ...time, axis: { ...time.axis, ...few, labelOverlap: 'greedy' } },
            y: { ...value, title: null, axis: { ...value.axis, ...(y.scale === 'linear' ? few : {}) } },
            shape: { field: 'shape', type: 'nominal', scale: null },
            tooltip: [
              { field: 'subject', title: 'Subject', type: 'nominal' },
              { field: 'time', title: axisTitle(x), type: 'quantitative', format: '.4~g' },
              { field: 'value', title: axisTitle(y), type: 'quantitative', format: '.3~g' },
              { field: 'label', title: 'Observed', type: 'nominal' },
            ],
          },
        },
      ],
    },
  }
}
