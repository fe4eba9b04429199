import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame, withHeadroom } from './chart-frame.ts'
import { courseSummary } from './course-summary.ts'
import { observationExtent, observationLayers } from './observation-layers.ts'
import { checkPositive } from './positive-only.ts'
import { doseLayers, quantificationLayers } from './reference-layers.ts'
import type { Axis, CourseRow, DoseRow, ObservationRow } from './rows.ts'
import { seriesStyle } from './series-style.ts'

/** Curves over time, and what stands behind and beside them. */
export interface CourseChart extends ChartOptions {
  /** Time. */
  readonly x: Axis
  readonly y: Axis
  /** Points of the curves, in order of time within a series. */
  readonly course: readonly CourseRow[]
  readonly observations?: readonly ObservationRow[]
  readonly doses?: readonly DoseRow[]
  /** Lower limit of quantification, in the unit of y. */
  readonly lloq?: { readonly value: number; readonly label: string }
}

/**
 * Courses over time: one line per series (told apart by colour and dash), observations as hollow circles with error bars,
 * doses, limit of quantification. Data sets are named `course`, `observations` and `doses`.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below (`positiveOnly`), and above 25 series.
 */
export function courseChart(chart: CourseChart): TopLevelSpec {
  const { x, y, course, observations = [], doses = [], lloq } = chart
  checkPositive(
    'courseChart',
    y.scale,
    [...course, ...observations].map(({ value }) => value),
  )
  const style = seriesStyle([...course, ...observations].map(({ series }) => series))
  const times = [...course, ...observations, ...doses].map(({ time }) => time)
  const xDomain = tightDomain(x, times)
  const limit = lloq === undefined ? [] : [lloq.value]
  const yDomain = axisDomain(
    y,
    course.map(({ value }) => value),
    [...observationExtent(observations, y), ...limit],
  )
  const legend =
    style.names.length > 1 ? { symbolType: 'stroke', ...legendColumns(style.names, chart.width ?? 640) } : null
  const colour = { domain: [...style.names], range: [...style.colours] }
  const dash = { domain: [...style.names], range: style.dashes.map((pattern) => [...pattern]) }
  const frame = chartFrame(chart, courseSummary(course, x, y, observations.length))
  return {
    ...(doses.length > 0 ? withHeadroom(frame, legend !== null) : frame),
    layer: [
      ...doseLayers(doses, xDomain),
      ...(lloq === undefined ? [] : quantificationLayers(lloq.value, lloq.label, xDomain[1])),
      {
        data: { name: 'course', values: course.map((row) => ({ ...row })) },
        mark: { type: 'line', clip: true },
        encoding: {
          x: axisChannel('time', x, xDomain, { grid: false }),
          y: axisChannel('value', y, yDomain, { nice: y.domain === undefined }),
          color: { field: 'series', type: 'nominal', scale: colour, legend },
          strokeDash: { field: 'series', type: 'nominal', scale: dash, legend },
          tooltip: [
            { field: 'series', title: 'Curve', type: 'nominal' },
            { field: 'time', title: axisTitle(x), type: 'quantitative', format: '.4~g' },
            { field: 'value', title: axisTitle(y), type: 'quantitative', format: '.3~g' },
          ],
        },
      },
      ...observationLayers(observations, x, y, xDomain, yDomain),
    ],
  }
}

/** Columns of a legend above a plot of this width, px, about 7 for a letter; as many as there are names where they fit. */
function legendColumns(names: readonly string[], width: number | 'container'): { readonly columns?: number } {
  if (width === 'container') return {}
  const widest = Math.max(...names.map(({ length }) => length)) * 7 + 34
  const columns = Math.max(1, Math.floor((width + 40) / widest))
  return columns >= names.length ? {} : { columns }
}
