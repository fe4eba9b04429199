import { axisDomain } from '../plot/axis-domain.ts'
import type { ExploredGroup, ExploredKind } from './explore.ts'

/** Size of the plot of a group, in its own units. */
export const plotWidth = 260
export const plotHeight = 150

interface Tick {
  readonly at: number
  readonly value: number
}

/** The axes that the plots of all groups have. */
export interface PlotAxes {
  readonly x: (time: number) => number
  /** NaN where the axis cannot show it. */
  readonly y: (value: number) => number
  readonly timeTicks: readonly Tick[]
  readonly valueTicks: readonly Tick[]
  readonly limit: number | null
  /** Values that the axis cannot show. */
  readonly hidden: number
}

export function plotAxes({ groups, lloq }: ExploredKind, scale: 'linear' | 'log'): PlotAxes {
  const points = groups.flatMap(({ subjects }) => subjects.flat())
  const times = points.map(({ time }) => time)
  const low = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const high = times.reduce((most, time) => Math.max(most, time), low + 1e-9)
  const isShown = (value: number): boolean => Number.isFinite(value) && (scale === 'linear' || value > 0)
  const values = points.map(({ value }) => value).filter(isShown)
  const domain = axisDomain(scale, [], lloq === undefined ? values : [...values, lloq].filter(isShown))
  const transform = scale === 'log' ? Math.log10 : (value: number): number => value
  const [bottom, top] = [transform(domain.low), transform(domain.high)]
  const x = (time: number): number => ((time - low) / (high - low)) * plotWidth
  const y = (value: number): number =>
    isShown(value) ? plotHeight - ((transform(value) - bottom) / (top - bottom)) * plotHeight : Number.NaN
  const ticks = scale === 'log' ? decades(bottom, top) : steps(domain.low, domain.high, 4)
  return {
    x,
    y,
    timeTicks: steps(low, high, 5).map((value) => ({ value, at: x(value) })),
    valueTicks: ticks.map((value) => ({ value, at: y(value) })),
    limit: lloq === undefined || !isShown(lloq) ? null : y(lloq),
    hidden: points.filter(({ value }) => !isShown(value)).length,
  }
}

/** The values of a group as paths. */
export function groupPlot({ subjects, summaries }: ExploredGroup, { x, y }: PlotAxes) {
  const place = ({ time, value }: { readonly time: number; readonly value: number }): string =>
    `${x(time).toFixed(1)} ${y(value).toFixed(1)}`
  const shown = subjects.map((points) => points.filter(({ value }) => Number.isFinite(y(value))))
  return {
    lines: shown.map((points) => path(points.map(place))).join(''),
    points: shown
      .flatMap((points) => points.filter(({ below }) => !below))
      .map((point) => `M${place(point)}m-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0`)
      .join(''),
    below: shown
      .flatMap((points) => points.filter(({ below }) => below))
      .map((point) => `M${place(point)}m-3.5 -2.5h7l-3.5 6z`)
      .join(''),
    median: pieces(summaries.map(({ time, p50 }) => ({ time, value: p50 })))
      .map((piece) => path(piece.filter(({ value }) => Number.isFinite(y(value))).map(place)))
      .join(''),
  }
}

function path(places: readonly string[]): string {
  return places.map((place, k) => `${k === 0 ? 'M' : 'L'}${place}`).join('')
}

/** A line without its values below quantification. */
function pieces<T extends { readonly value: number }>(line: readonly T[]): readonly (readonly T[])[] {
  const found: T[][] = [[]]
  for (const point of line) {
    if (Number.isFinite(point.value)) found.at(-1)?.push(point)
    else found.push([])
  }
  return found
}

function decades(bottom: number, top: number): readonly number[] {
  const [first, last] = [Math.ceil(bottom - 1e-9), Math.floor(top + 1e-9)]
  const every = Math.max(1, Math.ceil((last - first) / 5))
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, k) => 10 ** (first + k * every))
}

function steps(low: number, high: number, most: number): readonly number[] {
  const rough = (high - low) / most
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((digit) => digit * size).find((candidate) => candidate >= rough) ?? rough
  const first = Math.ceil(low / step - 1e-9)
  const count = Math.floor(high / step + 1e-9) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, k) => Number(((first + k) * step).toPrecision(12)))
}
