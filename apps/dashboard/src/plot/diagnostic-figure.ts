import { formatValue } from '@cartkin/charts'
import { roundStep, type ValueRange } from './axis-domain.ts'
import type { Palette } from './palette.ts'

/** An axis of a figure of a fit. */
export interface FigureAxis {
  readonly title: string
  readonly scale: 'linear' | 'log'
  readonly domain: ValueRange
}

/** A point that can be reached by pointer and keyboard. */
export interface FigurePoint {
  readonly x: number
  readonly y: number
  /** Whose it is. */
  readonly subject: string
  /** Said of it: "P03, day 14: observed 120, predicted 98". */
  readonly text: string
}

export interface FigureLine {
  readonly series: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly tone: FigureTone
  readonly dashed: boolean
}

export interface FigureBox {
  readonly x: number
  readonly x2: number
  readonly y: number
  readonly y2: number
  readonly tone: FigureTone
}

/** A straight line from one side of the figure to the other. */
export interface FigureRule {
  readonly x: number
  readonly y: number
  readonly x2: number
  readonly y2: number
  readonly dashed: boolean
}

/** What a mark means, by which it gets its colour. */
export type FigureTone = 'middle' | 'outer' | 'muted'

/** A figure of a fit as plain data. */
export interface DiagnosticFigure {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly x: FigureAxis
  readonly y: FigureAxis
  readonly points: readonly FigurePoint[]
  readonly lines: readonly FigureLine[]
  readonly boxes: readonly FigureBox[]
  readonly rules: readonly FigureRule[]
  /** The same as a table. */
  readonly table: { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }
}

/** Some `most` ticks of an axis and what is written at them. */
export function axisTicks(
  { scale, domain }: FigureAxis,
  most: number,
): { readonly ticks: readonly number[]; readonly labels: Readonly<Record<string, string>> } {
  const ticks = scale === 'log' ? logTicks(domain, most) : linearTicks(domain, most)
  return { ticks, labels: Object.fromEntries(ticks.map((tick) => [String(tick), formatValue(tick)])) }
}

function linearTicks({ low, high }: ValueRange, most: number): readonly number[] {
  const step = roundStep((high - low) / Math.max(2, most))
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: count }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}

function logTicks({ low, high }: ValueRange, most: number): readonly number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9)
  const last = Math.floor(Math.log10(high) + 1e-9)
  if (last - first < 1) return linearTicks({ low, high }, most)
  const step = Math.max(1, Math.ceil((last - first) / Math.max(2, most)))
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => 10 ** (first + k * step))
}

/** A domain that holds values with a little air. */
export function figureDomain(scale: 'linear' | 'log', values: readonly number[]): ValueRange {
  const shown = values.filter((value) => (scale === 'log' ? value > 0 : true) && Number.isFinite(value))
  if (shown.length === 0) return scale === 'log' ? { low: 0.1, high: 10 } : { low: 0, high: 1 }
  const lowest = shown.reduce((a, b) => Math.min(a, b))
  const highest = shown.reduce((a, b) => Math.max(a, b))
  if (scale === 'log') {
    const factor = Math.max(1.2, (highest / lowest) ** 0.05)
    return { low: lowest / factor, high: highest * factor }
  }
  const air = (highest - lowest || Math.abs(highest) || 1) * 0.05
  return { low: lowest >= 0 && lowest < 0.1 * highest ? 0 : lowest - air, high: highest + air }
}

export function toneColour(tone: FigureTone, { series, muted, ink }: Palette): string {
  if (tone === 'muted') return muted
  return (tone === 'middle' ? series[1] : series[0]) ?? ink
}
