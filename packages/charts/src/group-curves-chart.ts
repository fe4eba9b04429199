import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain, tightDomain } from './axis-domain.ts'
import { type ChartOptions, chartFrame } from './chart-frame.ts'
import { ink, seriesColours } from './palette.ts'
import { checkPositive } from './positive-only.ts'
import type { Axis } from './rows.ts'

/** An observation of a subject of a group. */
export interface GroupCurveRow {
  readonly group: string
  readonly subject: string
  readonly time: number
  readonly value: number
  /** Below the limit of quantification: drawn as a triangle on it. */
  readonly below: boolean
}

/** The courses of all subjects, a panel per group. */
export interface GroupCurvesChart extends ChartOptions {
  readonly x: Axis
  readonly y: Axis
  /** In order of time within a subject; of a value below the limit `value` is the limit. */
  readonly rows: readonly GroupCurveRow[]
  /** The middle of each group over time; the line is broken where the value is NaN. */
  readonly middle: readonly { readonly group: string; readonly time: number; readonly value: number }[]
  readonly lloq?: number
  /** Panels in a row (3). */
  readonly columns?: number
}

const PANEL = { width: 210, height: 140 }
/** Of a single group. */
const PLOT = { width: 520, height: 240 }

/**
 * Spaghetti plots: observations of each subject joined by a thin line, a panel per group on common axes, the middle of the group as
 * a strong line, values below the limit of quantification as triangles on the dashed line of it. `width` and `height` are of a
 * panel, px. The data set is named `groups`, with a field `kind`: subject, middle or limit.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below.
 */
export function groupCurvesChart(chart: GroupCurvesChart): TopLevelSpec {
  const { x, y, rows, middle, lloq, columns = 3 } = chart
  const limit = lloq === undefined ? [] : [lloq]
  const shown = [...[...rows, ...middle].map(({ value }) => value).filter((value) => !Number.isNaN(value)), ...limit]
  checkPositive('groupCurvesChart', y.scale, shown)
  const groups = [...new Set(rows.map(({ group }) => group))]
  const subjects = new Set(rows.map(({ group, subject }) => `${group}\n${subject}`)).size
  const below = rows.filter((row) => row.below).length
  const xDomain = tightDomain(
    x,
    rows.map(({ time }) => time),
  )
  const yDomain = axisDomain(y, [], shown)
  const values = [
    ...groups.flatMap((group) => limit.map((value) => ({ kind: 'limit', group, time: xDomain[0], value }))),
    ...rows.map((row) => ({ kind: 'subject', ...row })),
    ...middle.map(({ value, ...row }) => ({ kind: 'middle', ...row, value: Number.isNaN(value) ? null : value })),
  ]
  const { $schema, config, description, title } = chartFrame(
    chart,
    `${axisTitle(y)} over ${axisTitle(x)}: ${rows.length} observations of ${subjects} subjects in ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}${below > 0 ? `, ${below} of them below the limit of quantification` : ''}.`,
  )
  const panel = groups.length > 1 ? PANEL : PLOT
  const only = (filter: string) => ({ filter })
  const value = axisChannel('value', y, yDomain)
  const time = axisChannel('time', x, xDomain, { grid: false })
  const few = { tickCount: 5 }
  const plainX = { field: 'time', type: 'quantitative' } as const
  const plainY = { field: 'value', type: 'quantitative', title: null } as const
  return {
    $schema,
    config: { ...config, facet: { spacing: 16 }, header: { labelFontSize: 12, labelColor: ink.text, labelPadding: 3 } },
    description,
    title: title ?? { text: axisTitle(y), fontSize: 12, fontWeight: 'normal', color: ink.text },
    data: { name: 'groups', values },
    facet: { field: 'group', type: 'nominal', sort: groups, header: { title: null } },
    columns,
    spec: {
      width: typeof chart.width === 'number' ? chart.width : panel.width,
      height: typeof chart.height === 'number' ? chart.height : panel.height,
      layer: [
        {
          transform: [only(`datum.kind === 'limit'`)],
          mark: { type: 'rule', color: ink.muted, strokeDash: [5, 4], strokeWidth: 1 },
          encoding: { y: plainY },
        },
        {
          transform: [only(`datum.kind === 'subject'`)],
          mark: { type: 'line', clip: true, color: ink.line, strokeWidth: 0.75, opacity: 0.7 },
          encoding: { x: plainX, y: plainY, detail: { field: 'subject', type: 'nominal' } },
        },
        {
          transform: [only(`datum.kind === 'subject'`)],
          mark: { type: 'point', filled: true, color: ink.muted, size: 9, opacity: 0.7, clip: true },
          encoding: {
            x: plainX,
            y: plainY,
            shape: { condition: { test: 'datum.below', value: 'triangle-down' }, value: 'circle' },
            size: { condition: { test: 'datum.below', value: 26 }, value: 9 },
            tooltip: [
              { field: 'subject', title: 'Subject', type: 'nominal' },
              { field: 'time', title: axisTitle(x), type: 'quantitative', format: '.4~g' },
              { field: 'value', title: axisTitle(y), type: 'quantitative', format: '.3~g' },
            ],
          },
        },
        {
          transform: [only(`datum.kind === 'middle'`)],
          mark: { type: 'line', clip: true, color: seriesColours[0] ?? ink.text, strokeWidth: 2.25 },
          encoding: {
            x: { ...time, axis: { ...time.axis, ...few, labelOverlap: 'greedy' } },
            y: { ...value, title: null, axis: { ...value.axis, ...(y.scale === 'linear' ? few : {}) } },
          },
        },
      ],
    },
  }
}
