import { formatValue } from '@cartkin/charts'
import { timeHabits } from '../state/time-units.ts'
import { roundStep, type ValueRange } from './axis-domain.ts'
import type { Palette } from './palette.ts'
import type { PanelSeries } from './panel-series.ts'
import type { PanelSignals } from './panel-spec.ts'
import type { PlotFrame } from './plot-frame.ts'

/** What the view of a frame is told. */
export function panelSignals(frame: PlotFrame, series: readonly PanelSeries[], palette: Palette): PanelSignals {
  const { width, height, period, timeUnit, values, scale } = frame
  const ticks = scale === 'log' ? logTicks(values, height) : roundTicks(values, Math.max(3, Math.floor(height / 48)))
  return {
    timeLow: period.low,
    timeHigh: period.high,
    valueLow: values.low,
    valueHigh: values.high,
    timeTicks: timeTicks(period, timeUnit, Math.max(3, Math.floor(width / 64))),
    timeTitle: timeUnit || 'time',
    valueTicks: ticks,
    valueLabels: Object.fromEntries(ticks.map((tick) => [String(tick), formatValue(tick, digitsOf(values, ticks))])),
    names: series.map(({ name }) => name),
    colours: series.map(({ colour }) => colour),
    dashes: series.map(({ dash }) => dash),
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

/** Steps within a decade, from coarse to fine. */
const decadeSteps: readonly (readonly number[])[] = [
  [1, 1.1, 1.25, 1.5, 2, 3, 5, 8, 9],
  [1, 1.25, 1.5, 2, 3, 5, 8],
  [1, 2, 5],
]

/** Least distance of ticks within a decade, pixels. */
const leastGap = 32

/** Whole decades; where there is room between them, steps within a decade, too. */
function logTicks({ low, high }: ValueRange, height: number): number[] {
  const perDecade = height / Math.log10(high / low)
  for (const steps of decadeSteps) {
    const gaps = steps.map((step, k) => Math.log10((steps[k + 1] ?? 10) / step))
    if (Math.min(...gaps) * perDecade < leastGap) continue
    const first = Math.floor(Math.log10(low) + 1e-9)
    const count = Math.ceil(Math.log10(high) - 1e-9) - first + 1
    return Array.from({ length: count }, (_, k) =>
      steps.map((step) => Number((step * 10 ** (first + k)).toPrecision(12))),
    )
      .flat()
      .filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
  }
  return decades(low, high, height / 26)
}

function decades(low: number, high: number, most: number): number[] {
  const first = Math.round(Math.log10(low))
  const last = Math.round(Math.log10(high))
  const step = Math.max(1, Math.ceil((last - first) / most))
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => 10 ** (first + k * step))
}
