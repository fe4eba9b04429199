import type { TopLevelSpec } from 'vega-lite'
import { sampleWidth } from './end-labels.ts'
import { observedLayers } from './observed-layers.ts'
import type { Palette } from './palette.ts'
import { activeWidth, otherWidth } from './panel-series.ts'
import { padding } from './plot-frame.ts'
import { plotLook } from './plot-look.ts'

/** Names of the data sets that a panel's view is given. */
export type PanelData =
  | 'doses'
  | 'reference'
  | 'bands'
  | 'others'
  | 'courses'
  | 'observations'
  | 'marks'
  | 'limits'
  | 'labels'

/** What a panel's view is told by signals: its axes, its series and its colours may change without another view. */
export interface PanelSignals {
  readonly timeLow: number
  readonly timeHigh: number
  readonly valueLow: number
  readonly valueHigh: number
  readonly timeTicks: readonly number[]
  readonly timeTitle: string
  readonly valueTicks: readonly number[]
  /** What is written at a tick, by its value. */
  readonly valueLabels: Readonly<Record<string, string>>
  readonly names: readonly string[]
  /** Colours and dashes of the series, in the order of `names`. */
  readonly colours: readonly string[]
  readonly dashes: readonly (readonly number[])[]
  readonly palette: Palette
}

const initial: PanelSignals = {
  ...{ timeLow: 0, timeHigh: 1, valueLow: 1, valueHigh: 10, timeTicks: [], timeTitle: '', valueTicks: [] },
  ...{ valueLabels: {}, names: [], colours: [], dashes: [] },
  palette: {
    ...{ series: [], reference: '#888', ink: '#000', muted: '#555', grid: '#eee', rule: '#ccc', ground: '#fff' },
    accent: '#00f',
  },
}

/** A panel as a Vega-Lite specification: axes, doses, reference, population, curves, observations, data, names, in this order. */
export function panelSpec(scale: 'linear' | 'log'): TopLevelSpec {
  // the compiler knows no domain by signals: `panelTemplate` puts those of the axes and of the series in their places
  const x = { field: 'time', type: 'quantitative', scale: { nice: false, zero: false } } as const
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { type: scale, nice: false, ...(scale === 'linear' && { zero: false }) },
  } as const
  const series = { field: 'series', type: 'nominal', legend: null } as const
  const colour = (name: keyof Palette) => ({ expr: `palette.${name}` })
  const label = { type: 'text', align: 'right', baseline: 'middle', fontSize: 11 } as const
  const band = (low: string, high: string, opacity: number) => ({
    data: { name: 'bands' },
    mark: { type: 'area', clip: true, opacity } as const,
    encoding: { x, y: { ...y, field: low }, y2: { field: high }, color: series },
  })
  return {
    width: 100,
    height: 100,
    padding: { ...padding },
    autosize: { type: 'none' },
    background: 'transparent',
    params: Object.entries(initial).map(([name, value]) => ({ name, value })),
    encoding: {
      x: {
        axis: {
          ...{ title: { signal: 'timeTitle' }, titleAnchor: 'end', titlePadding: -1, grid: false, tickSize: 4 },
          values: { expr: 'timeTicks' },
        },
      },
      y: {
        axis: {
          ...{ title: null, domain: false, ticks: false, grid: true, labelPadding: 6 },
          values: { expr: 'valueTicks' },
          labelExpr: 'valueLabels[datum.value]',
        },
      },
    },
    layer: [
      {
        data: { name: 'doses' },
        mark: { type: 'rule', clip: true, stroke: colour('rule'), strokeWidth: 1 },
        encoding: { x },
      },
      {
        data: { name: 'doses' },
        mark: { type: 'rule', clip: true, stroke: colour('muted'), strokeWidth: 1.5 },
        encoding: { x, y: { value: 0 }, y2: { value: 7 } },
      },
      {
        data: { name: 'reference' },
        mark: { type: 'line', clip: true, stroke: colour('reference'), strokeWidth: 1.5 },
        encoding: { x, y, detail: { field: 'series', type: 'nominal' } },
      },
      band('p5', 'p95', 0.18),
      band('p25', 'p75', 0.32),
      {
        data: { name: 'bands' },
        mark: { type: 'line', clip: true, strokeWidth: 1, opacity: 0.7 },
        encoding: { x, y: { ...y, field: 'p50' }, color: series },
      },
      {
        name: 'others',
        data: { name: 'others' },
        mark: { type: 'line', clip: true, strokeWidth: otherWidth, strokeJoin: 'round' },
        encoding: { x, y, color: series, strokeDash: series },
      },
      {
        name: 'courses',
        data: { name: 'courses' },
        mark: { type: 'line', clip: true, strokeWidth: activeWidth, strokeJoin: 'round' },
        encoding: { x, y, color: series, strokeDash: series },
      },
      {
        data: { name: 'observations' },
        transform: [{ filter: 'datum.lower < datum.upper' }],
        mark: { type: 'rule', clip: true, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: series },
      },
      {
        data: { name: 'observations' },
        mark: { type: 'point', size: 48, filled: true, fill: colour('ground'), strokeWidth: 1.75 },
        encoding: { x, y, stroke: series },
      },
      ...observedLayers({ x, y, series, colour }),
      {
        name: 'halos',
        data: { name: 'labels' },
        mark: { ...label, dx: -sampleWidth, stroke: colour('ground'), strokeWidth: 3, strokeJoin: 'round' },
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      },
      {
        name: 'labels',
        data: { name: 'labels' },
        mark: { ...label, dx: -sampleWidth, fill: colour('ink') },
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      },
      {
        name: 'samples',
        data: { name: 'labels' },
        mark: { ...label, text: '—', fontWeight: 'bold' },
        encoding: { x, y, color: series },
      },
    ],
    config: plotLook('palette.muted', 'palette.grid'),
  }
}
