import type { TopLevelSpec } from 'vega-lite'
import { axisChannel, axisTitle } from './axis-channel.ts'
import { axisDomain } from './axis-domain.ts'
import type { ChartOptions } from './chart-frame.ts'
import { formatValue } from './format-value.ts'
import type { Layer } from './observation-layers.ts'
import { ink, seriesColours } from './palette.ts'
import { closeLogDomain, panelAxis } from './panel-axis.ts'
import { type GridPanel, panelGrid, wrapped } from './panel-grid.ts'
import { checkPositive } from './positive-only.ts'
import type { Axis } from './rows.ts'

/** How far the objective rises where a parameter is held at a value and all others are estimated anew. */
export interface ProfileRow {
  readonly value: number
  readonly rise: number
}

/** One end of a profile's interval. */
export interface ProfileEndMark {
  /** 'closed': the end of the interval; 'bound': a bound of the search; 'open': as far as it was followed. */
  readonly kind: 'closed' | 'bound' | 'open'
  readonly value: number
}

/** The profile of one parameter. */
export interface ProfilePanel {
  /** Name, unit and scale of the parameter. */
  readonly axis: Axis
  readonly estimate: number
  /** Rise that ends the interval. */
  readonly limit: number
  readonly points: readonly ProfileRow[]
  /** What the standard error alone promises; may be empty. */
  readonly wald: readonly ProfileRow[]
  readonly lower: ProfileEndMark
  readonly upper: ProfileEndMark
  /** Its shape in words. */
  readonly words: string
}

export interface ProfileChart extends ChartOptions {
  readonly panels: readonly ProfilePanel[]
  /** What rises: `−2 log likelihood`. */
  readonly objective: string
  /** `95 %`. */
  readonly level: string
  /** Panels in a row (4). */
  readonly columns?: number
}

const SIZE = { width: 150, height: 100 }
/** Limits that a panel is high. */
const HEIGHT = 2.2
const INTERVAL = '#DCE9F2'

/**
 * Profile likelihoods, a small panel for each parameter: the rise of the objective over the parameter, its limit as a dashed line,
 * the interval shaded up to it, the estimate as a diamond, and dotted what the standard error alone promises. An end of the interval is a
 * line where it is closed, a thick stroke at a bound, an arrowhead where it is open. The data set of panel k (from 1) is named
 * `profile-k`.
 *
 * @throws RangeError on a logarithmic axis for values that are zero or below.
 */
export function profileChart(chart: ProfileChart): TopLevelSpec {
  const width = typeof chart.width === 'number' ? chart.width : SIZE.width
  const height = typeof chart.height === 'number' ? chart.height : SIZE.height
  const said = chart.panels.map(
    ({ axis, estimate, lower, upper, words }) =>
      `${axis.title}: ${formatValue(estimate)}, ${intervalWords(lower, upper)}${words === '' ? '' : ` (${words})`}`,
  )
  return panelGrid(chart, {
    description: `Profiles of the ${chart.objective} with intervals of ${chart.level}. ${said.join('. ')}.`,
    heading: `Rise of the ${chart.objective}; dashed: limit of ${chart.level}`,
    panels: chart.panels.map((panel, k) => panelOf(panel, k, width)),
    size: { width, height },
  })
}

function intervalWords(lower: ProfileEndMark, upper: ProfileEndMark): string {
  const [below, above] = [lower.kind === 'closed', upper.kind === 'closed']
  if (below && above) return `${formatValue(lower.value)} to ${formatValue(upper.value)}`
  if (below) return `above ${formatValue(lower.value)}`
  return above ? `below ${formatValue(upper.value)}` : 'no interval'
}

function panelOf(panel: ProfilePanel, k: number, width: number): GridPanel {
  const { axis, estimate, limit, points, wald, lower, upper, words } = panel
  const shown = [...points.map(({ value }) => value), estimate, lower.value, upper.value].filter(Number.isFinite)
  checkPositive('profileChart', axis.scale, shown)
  const xDomain = axis.domain ?? (axis.scale === 'log' ? closeLogDomain(shown) : axisDomain(axis, shown))
  const top = HEIGHT * limit
  const rise: Axis = { title: '', unit: '', scale: 'linear', domain: [0, top] }
  const y = { ...axisChannel('rise', rise, [0, top], { grid: false }), title: null }
  const value = { field: 'value', type: 'quantitative' } as const
  const height = { field: 'rise', type: 'quantitative' } as const
  const end = ({ kind, value: at }: ProfileEndMark, edge: number) => (kind === 'open' ? edge : at)
  const [from, to] = [end(lower, xDomain[0]), end(upper, xDomain[1])]
  const ends = [lower, upper]
  const layer: readonly Layer[] = [
    {
      data: { values: [{ value: from, to, rise: 0, top: limit }] },
      mark: { type: 'rect', color: INTERVAL, clip: true },
      encoding: { x: value, x2: { field: 'to' }, y: height, y2: { field: 'top' } },
    },
    {
      data: { values: [{ rise: limit }] },
      mark: { type: 'rule', color: ink.muted, strokeDash: [5, 4], strokeWidth: 1 },
      encoding: { y: height },
    },
    ...endLayers(ends, limit, [from, to]),
    {
      data: {
        values: wald.filter((row) => row.value >= xDomain[0] && row.value <= xDomain[1]).map((row) => ({ ...row })),
      },
      mark: { type: 'line', clip: true, color: ink.text, strokeWidth: 1.25, strokeDash: [2, 3] },
      encoding: { x: value, y: height },
    },
    {
      data: {
        name: `profile-${k + 1}`,
        values: points.filter((row) => Number.isFinite(row.rise)).map((row) => ({ ...row })),
      },
      mark: { type: 'line', clip: true, color: seriesColours[0] ?? ink.text, strokeWidth: 1.75 },
      encoding: {
        x: panelAxis('value', axis, xDomain),
        y: { ...y, axis: { ...y.axis, tickCount: 3, labelOverlap: 'greedy' } },
      },
    },
    {
      data: { values: [{ value: estimate, rise: 0 }] },
      mark: { type: 'point', shape: 'diamond', filled: true, color: ink.text, size: 55, opacity: 1 },
      encoding: { x: value, y: height },
    },
  ]
  const interval = `${formatValue(estimate)} (${intervalWords(lower, upper)})`
  return { title: axisTitle(axis), lines: [...wrapped(interval, width), ...wrapped(words, width)], layer }
}

function endLayers(
  ends: readonly ProfileEndMark[],
  limit: number,
  places: readonly [number, number],
): readonly Layer[] {
  const at = (kind: ProfileEndMark['kind']) =>
    ends.flatMap((end, side) =>
      end.kind === kind ? [{ value: places[side], rise: 0, top: limit, angle: side === 0 ? -90 : 90 }] : [],
    )
  const value = { field: 'value', type: 'quantitative' } as const
  const span = { x: value, y: { field: 'rise', type: 'quantitative' }, y2: { field: 'top' } } as const
  return [
    { data: { values: at('closed') }, mark: { type: 'rule', color: ink.muted, strokeWidth: 1 }, encoding: span },
    { data: { values: at('bound') }, mark: { type: 'rule', color: ink.text, strokeWidth: 3.5 }, encoding: span },
    {
      data: { values: at('open').map(({ top, ...row }) => ({ ...row, rise: top / 2 })) },
      mark: { type: 'point', shape: 'triangle-up', filled: true, color: ink.text, size: 70, opacity: 1 },
      encoding: {
        x: value,
        y: { field: 'rise', type: 'quantitative' },
        angle: { field: 'angle', type: 'quantitative', scale: null },
      },
    },
  ]
}
