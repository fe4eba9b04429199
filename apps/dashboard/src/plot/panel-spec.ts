import { formatValue } from '@cartkin/charts'
import type { TopLevelSpec } from 'vega-lite'
import { timeHabits } from '../state/time-units.ts'
import { roundStep, type ValueRange } from './axis-domain.ts'
import { type Palette, seriesColour, seriesDash } from './palette.ts'
import { type PlotFrame, padding } from './plot-frame.ts'

/** Names of the data sets that a panel's view is given. */
export type PanelData = 'doses' | 'reference' | 'bands' | 'courses' | 'observations'

/** A panel as a Vega-Lite specification: axes, doses, reference, population, curves, observations, in this order. */
export function panelSpec(frame: PlotFrame, quantities: readonly string[], palette: Palette): TopLevelSpec {
  const { width, height, period, values, scale } = frame
  const timeDomain = [period.low, period.high]
  const valueDomain = [values.low, values.high]
  const names = [...quantities]
  const colours = quantities.map((_, k) => seriesColour(palette, k))
  const patterns = quantities.map((_, k) => [...seriesDash(k)])
  const x = { field: 'time', type: 'quantitative', scale: { domain: timeDomain, nice: false } } as const
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: valueDomain, type: scale, nice: false, ...(scale === 'linear' && { zero: false }) },
  } as const
  const series = {
    field: 'series',
    type: 'nominal',
    scale: { domain: names, range: colours },
    legend: null,
  } as const
  const dash = {
    field: 'series',
    type: 'nominal',
    scale: { domain: names, range: patterns },
    legend: null,
  } as const
  const band = (low: string, high: string, opacity: number) => ({
    data: { name: 'bands' },
    mark: { type: 'area', clip: true, opacity } as const,
    encoding: { x, y: { ...y, field: low }, y2: { field: high }, color: series },
  })
  return {
    width,
    height,
    padding: { ...padding },
    autosize: { type: 'none' },
    background: 'transparent',
    encoding: {
      x: { axis: timeAxis(frame) },
      y: { axis: valueAxis(frame) },
    },
    layer: [
      {
        data: { name: 'doses' },
        mark: { type: 'rule', clip: true, stroke: palette.rule, strokeWidth: 1 },
        encoding: { x },
      },
      {
        data: { name: 'doses' },
        mark: { type: 'rule', clip: true, stroke: palette.muted, strokeWidth: 1.5 },
        encoding: { x, y: { value: 0 }, y2: { value: 7 } },
      },
      {
        data: { name: 'reference' },
        mark: { type: 'line', clip: true, stroke: palette.reference, strokeWidth: 1.5 },
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
        name: 'courses',
        data: { name: 'courses' },
        mark: { type: 'line', clip: true, strokeWidth: 2.25, strokeJoin: 'round' },
        encoding: { x, y, color: series, strokeDash: dash },
      },
      {
        data: { name: 'observations' },
        transform: [{ filter: 'datum.lower < datum.upper' }],
        mark: { type: 'rule', clip: true, strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' }, color: series },
      },
      {
        data: { name: 'observations' },
        mark: { type: 'point', size: 48, filled: true, fill: palette.ground, strokeWidth: 1.75 },
        encoding: { x, y, stroke: series },
      },
    ],
    config: {
      font: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
      view: { stroke: null },
      axis: {
        labelColor: palette.muted,
        titleColor: palette.muted,
        labelFontSize: 11,
        titleFontSize: 11,
        titleFontWeight: 'normal',
        domainColor: palette.muted,
        tickColor: palette.muted,
        gridColor: palette.grid,
      },
    },
  }
}

function timeAxis({ width, period, timeUnit }: PlotFrame) {
  return {
    title: timeUnit || 'time',
    titleAnchor: 'end',
    titlePadding: -1,
    grid: false,
    values: timeTicks(period, timeUnit, Math.max(3, Math.floor(width / 64))),
    tickSize: 4,
  } as const
}

/** Times that are whole multiples of a step that reads well in the unit, weeks or hours of a day; some `most` of them. */
function timeTicks({ low, high }: ValueRange, unit: string, most: number): number[] {
  const { steps } = timeHabits(unit)
  const step = steps.find((candidate) => (high - low) / candidate <= most) ?? roundStep((high - low) / most)
  return multiples(step, low, high)
}

function valueAxis({ height, values, scale }: PlotFrame) {
  const common = { title: null, domain: false, ticks: false, grid: true, labelPadding: 6 } as const
  const ticks =
    scale === 'log'
      ? decades(values.low, values.high, height / 26)
      : roundTicks(values, Math.max(3, Math.floor(height / 48)))
  const labels = Object.fromEntries(ticks.map((tick) => [String(tick), formatValue(tick, digitsOf(values, ticks))]))
  return { ...common, values: ticks, labelExpr: `${JSON.stringify(labels)}[datum.value]` } as const
}

/** Some `most` multiples of a round step. */
function roundTicks({ low, high }: ValueRange, most: number): number[] {
  return multiples(roundStep((high - low) / most), low, high)
}

/** Significant digits by which neighbouring ticks differ, three at least. */
function digitsOf({ low, high }: ValueRange, ticks: readonly number[]): number {
  const step = (high - low) / Math.max(1, ticks.length)
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1
  return Math.min(15, Math.max(3, digits))
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

function decades(low: number, high: number, most: number): number[] {
  const first = Math.round(Math.log10(low))
  const last = Math.round(Math.log10(high))
  const step = Math.max(1, Math.ceil((last - first) / most))
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => 10 ** (first + k * step))
}
