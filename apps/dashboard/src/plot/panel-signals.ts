import { formatValue } from '@cartkin/charts'
import { timeHabits } from '../state/time-units.ts'
import { roundStep, type ValueRange } from './axis-domain.ts'
import { type Palette, seriesColour, seriesDash } from './palette.ts'
import type { PanelSignals } from './panel-spec.ts'
import type { PlotFrame } from './plot-frame.ts'

/** What the view of a frame is told. */
export function panelSignals(frame: PlotFrame, quantities: readonly string[], palette: Palette): PanelSignals {
  const { width, height, period, timeUnit, values, scale } = frame
  const ticks =
    scale === 'log'
      ? decades(values.low, values.high, height / 26)
      : roundTicks(values, Math.max(3, Math.floor(height / 48)))
  return {
    timeLow: period.low,
    timeHigh: period.high,
    valueLow: values.low,
    valueHigh: values.high,
    timeTicks: timeTicks(period, timeUnit, Math.max(3, Math.floor(width / 64))),
    timeTitle: timeUnit || 'time',
    valueTicks: ticks,
    valueLabels: Object.fromEntries(ticks.map((tick) => [String(tick), formatValue(tick, digitsOf(values, ticks))])),
    names: quantities,
    colours: quantities.map((_, k) => seriesColour(palette, k)),
    dashes: quantities.map((_, k) => seriesDash(k)),
    palette,
  }
}

/** Times that are whole multiples of a step that reads well in the unit, weeks or hours of a day; some `most` of them. */
function timeTicks({ low, high }: ValueRange, unit: string, most: number): number[] {
  const { steps } = timeHabits(unit)
  const step = steps.find((candidate) => (high - low) / candidate <= most) ?? roundStep((high - low) / most)
  return multiples(step, low, high)
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
