import type { Spec } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { plotLook } from './plot-look.ts'

/** Names of the data sets of a figure's view. */
export type DiagnosticData = 'boxes' | 'rules' | 'lines' | 'points'

/** What a figure's view is told by signals. */
export interface DiagnosticSignals {
  readonly xLow: number
  readonly xHigh: number
  readonly yLow: number
  readonly yHigh: number
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
  readonly xLabels: Readonly<Record<string, string>>
  readonly yLabels: Readonly<Record<string, string>>
  readonly xTitle: string
  readonly yTitle: string
  /** Subject that is looked at; empty for none. */
  readonly chosen: string
  /** Place of the point that has the focus; −1 for none. */
  readonly focused: number
  readonly ink: string
  readonly muted: string
  readonly grid: string
  readonly accent: string
  readonly ground: string
}

const initial: DiagnosticSignals = {
  ...{
    xLow: 1,
    xHigh: 10,
    yLow: 1,
    yHigh: 10,
    xTicks: [],
    yTicks: [],
    xLabels: {},
    yLabels: {},
    xTitle: '',
    yTitle: '',
  },
  ...{ chosen: '', focused: -1, ink: '#000', muted: '#555', grid: '#eee', accent: '#00f', ground: '#fff' },
}

/** A figure of a fit as a Vega-Lite specification: boxes, rules, lines, points, in this order. */
function diagnosticSpec(xScale: 'linear' | 'log', yScale: 'linear' | 'log'): TopLevelSpec {
  const scale = (type: 'linear' | 'log') => ({ type, nice: false, ...(type === 'linear' && { zero: false }) })
  const x = { field: 'x', type: 'quantitative', scale: scale(xScale) } as const
  const y = { field: 'y', type: 'quantitative', scale: scale(yScale) } as const
  const own = (channel: string) => ({ field: channel, type: 'nominal', scale: null }) as const
  const dashed = (isDashed: boolean) => [{ filter: isDashed ? 'datum.dashed' : '!datum.dashed' }]
  const rule = (isDashed: boolean) =>
    ({
      data: { name: 'rules' },
      transform: dashed(isDashed),
      mark: { type: 'rule', clip: true, stroke: { expr: 'muted' }, ...(isDashed && { strokeDash: [4, 3] }) },
      encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' } },
    }) as const
  const line = (isDashed: boolean) =>
    ({
      data: { name: 'lines' },
      transform: dashed(isDashed),
      mark: { type: 'line', clip: true, strokeWidth: 1.75, ...(isDashed && { strokeDash: [5, 3] }) },
      encoding: { x, y, detail: { field: 'series', type: 'nominal' }, stroke: own('colour') },
    }) as const
  const isFar = "chosen !== '' && datum.subject !== chosen"
  return {
    width: 100,
    height: 100,
    padding: { left: 74, right: 14, top: 10, bottom: 38 },
    autosize: { type: 'none' },
    background: 'transparent',
    params: Object.entries(initial).map(([name, value]) => ({ name, value })),
    encoding: {
      x: {
        axis: {
          ...{ title: { signal: 'xTitle' }, grid: false, tickSize: 4, titlePadding: 4 },
          values: { expr: 'xTicks' },
          labelExpr: 'xLabels[datum.value]',
        },
      },
      y: {
        axis: {
          ...{ title: { signal: 'yTitle' }, domain: false, ticks: false, grid: true, labelPadding: 6 },
          values: { expr: 'yTicks' },
          labelExpr: 'yLabels[datum.value]',
        },
      },
    },
    layer: [
      {
        data: { name: 'boxes' },
        mark: { type: 'rect', clip: true, opacity: 0.24 },
        encoding: { x, y, x2: { field: 'x2' }, y2: { field: 'y2' }, fill: own('colour') },
      },
      rule(false),
      rule(true),
      line(false),
      line(true),
      {
        name: 'points',
        data: { name: 'points' },
        mark: { type: 'point', clip: true, filled: true, strokeWidth: 1.5, stroke: { expr: 'accent' } },
        encoding: {
          x,
          y,
          size: { condition: { test: 'datum.place === focused', value: 130 }, value: 34 },
          fill: {
            condition: { test: "chosen !== '' && datum.subject === chosen", value: { expr: 'accent' } },
            value: { expr: 'ground' },
          },
          opacity: { condition: { test: isFar, value: 0.3 }, value: 1 },
        },
      },
    ],
    config: plotLook('muted', 'grid'),
  }
}

/** The same compiled when the page is built; domains of the axes come by signals. */
export function diagnosticTemplate(xScale: 'linear' | 'log', yScale: 'linear' | 'log'): Spec {
  const { spec } = compile(diagnosticSpec(xScale, yScale))
  return {
    ...spec,
    scales: (spec.scales ?? []).map((scale) => {
      if (scale.name !== 'x' && scale.name !== 'y') throw new RangeError(`a figure has no scale "${scale.name}"`)
      return { ...scale, domain: [{ signal: `${scale.name}Low` }, { signal: `${scale.name}High` }] }
    }),
  }
}
