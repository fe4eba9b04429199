import { type Observation, trustTags } from '@cartkin/cart-models'
import type { BandRow, CourseRow, ObservationRow } from '@cartkin/charts'
import type { RegimenDose } from '@cartkin/simulation'
import type { PopulationBands } from '../state/percentile-bands.ts'
import type { ValueRange } from './axis-domain.ts'
import { decimate } from './decimate.ts'
import type { EndLabel } from './end-labels.ts'
import type { Curves } from './panel-model.ts'
import { observedName } from './panel-series.ts'
import type { PixelScales, PlotFrame } from './plot-frame.ts'

/** Most points of all curves on the screen that Vega is given: it takes some 8 µs for each. */
export const mostPoints = 2000

/** Curves as rows, each thinned to at most `most` points; values that a log axis cannot show are left out. */
export function courseRows(
  course: Curves,
  quantities: readonly string[],
  { width, scale, period }: PlotFrame,
  most: number,
  nameOf: (quantity: string) => string = (quantity) => quantity,
): CourseRow[] {
  return quantities.flatMap((quantity) => {
    const series = nameOf(quantity)
    const column = course.values.get(quantity)
    if (!column) return []
    let columns = width
    let line = decimate(course.times, column, period, columns)
    while (line.times.length > most) {
      columns /= 1.25
      line = decimate(course.times, column, period, columns)
    }
    return line.times
      .map((time, k) => ({ time, value: line.values[k]!, series }))
      .filter(({ value }) => (scale === 'linear' ? Number.isFinite(value) : value > 0))
  })
}

export function observationRows(
  observations: readonly Observation[],
  quantities: readonly string[],
  period: ValueRange,
): ObservationRow[] {
  return observations
    .filter(({ quantity, time }) => quantities.includes(quantity) && time >= period.low && time <= period.high)
    .map(({ quantity, time, value, lower, upper, label, source, trust }) => ({
      time,
      value,
      lower: lower ?? value,
      upper: upper ?? value,
      series: observedName(quantity),
      label,
      source: `${source} [${trustTags[trust].letter}]`,
    }))
}

export interface SeriesBandRow extends BandRow {
  readonly series: string
}

export function bandRows(
  { times, bands }: PopulationBands,
  quantities: readonly string[],
  period: ValueRange,
  scale: 'linear' | 'log',
  lowest: number,
): SeriesBandRow[] {
  const floor = (value: number): number => (scale === 'log' ? Math.max(value, lowest / 10) : value)
  return quantities.flatMap((series) => {
    const band = bands.get(series)
    if (!band) return []
    return [...times]
      .map((time, k) => ({
        time,
        series,
        p5: floor(band.p5[k]!),
        p25: floor(band.p25[k]!),
        p50: floor(band.p50[k]!),
        p75: floor(band.p75[k]!),
        p95: floor(band.p95[k]!),
      }))
      .filter(({ time, p50 }) => time >= period.low && time <= period.high && !Number.isNaN(p50))
      .filter(({ p95 }) => scale === 'linear' || p95 > lowest / 10)
  })
}

export interface DoseRow {
  readonly time: number
  readonly label: string
}

/** Most marks that doses of one line get. */
const mostMarks = 500

/** When something is given, and what. */
export function doseRows(doses: readonly RegimenDose[]): DoseRow[] {
  return doses.flatMap(({ time, label, cmt, amt, ii = 0, addl = 0 }) =>
    Array.from({ length: Math.min(addl + 1, mostMarks) }, (_, k) => ({
      time: time + k * ii,
      label: label ?? `${amt} to ${cmt}`,
    })),
  )
}

/** Names of curves as rows; in data, so that the view's own scales bring them to their places. */
export function labelRows(labels: readonly EndLabel[], scales: Pick<PixelScales, 'time' | 'value'>): readonly object[] {
  return labels.map(({ text, series, x, y }) => ({ time: scales.time(x), value: scales.value(y), text, series }))
}
