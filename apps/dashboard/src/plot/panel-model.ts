import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import type { Course } from '../state/course.ts'
import type { PopulationBands } from '../state/percentile-bands.ts'
import { timeText } from '../state/time-units.ts'
import { axisDomain, type ValueRange } from './axis-domain.ts'
import { firstAtOrAfter } from './decimate.ts'
import { keptWithin } from './zoom-period.ts'

/** What has curves by quantity. */
export type Curves = Pick<Course, 'times' | 'values'>

/** The outermost curves of a population. */
export function outerCurves({ times, bands }: PopulationBands): readonly Curves[] {
  const edge = (level: 'p5' | 'p95'): Curves => ({
    times,
    values: new Map([...bands].map(([quantity, band]) => [quantity, band[level]])),
  })
  return [edge('p5'), edge('p95')]
}

/** Times shown: from the start, so that lymphodepletion is seen whole, to the horizon or to an earlier time. */
export function shownPeriod(
  start: number,
  horizon: number,
  lastTime: number | null,
  zoomed: ValueRange | null = null,
): ValueRange {
  const full = { low: start, high: horizon }
  const kept = zoomed && keptWithin(zoomed, full)
  return kept ?? { low: start, high: Math.min(lastTime ?? horizon, horizon) }
}

/** Values that the axis of a panel must hold: the courses' within the times shown, and the observations there. */
export function panelDomain(
  { quantities }: Pick<PanelDefinition, 'quantities'>,
  scale: 'linear' | 'log',
  period: ValueRange,
  courses: readonly Curves[],
  observations: readonly Pick<Observation, 'quantity' | 'time' | 'value' | 'lower' | 'upper'>[],
): ValueRange {
  const seen = observations.filter(
    ({ quantity, time }) => quantities.includes(quantity) && time >= period.low && time <= period.high,
  )
  return axisDomain(
    scale,
    valuesWithin({ quantities }, period, courses),
    seen.flatMap(({ value, lower = value, upper = value }) => [value, lower, upper]),
  )
}

/** All values of the courses within the times shown. */
export function valuesWithin(
  { quantities }: Pick<PanelDefinition, 'quantities'>,
  period: ValueRange,
  courses: readonly Curves[],
): number[] {
  return courses.flatMap(({ times, values }) => {
    const from = firstAtOrAfter(times, period.low)
    const to = firstAtOrAfter(times, period.high) + 1
    return quantities.flatMap((quantity) => [...(values.get(quantity)?.subarray(from, to) ?? [])])
  })
}

/** Whether a course leaves the panel above (or, on a linear axis, below). */
export function leavesView(
  { quantities }: Pick<PanelDefinition, 'quantities'>,
  scale: 'linear' | 'log',
  period: ValueRange,
  domain: ValueRange,
  course: Curves,
): boolean {
  const from = firstAtOrAfter(course.times, period.low)
  const to = firstAtOrAfter(course.times, period.high) + 1
  return quantities.some((quantity) =>
    course.values
      .get(quantity)
      ?.subarray(from, to)
      .some((value) => value > domain.high || (scale === 'linear' && value < domain.low)),
  )
}

/** Curves of a panel by the name of their scenario. */
export interface NamedCurves {
  readonly name: string
  readonly curves: Curves
}

/** What a reader who cannot see the plot is told of it; scenarios are named where there are several. */
export function panelSummary(
  { title, quantities, unit }: PanelDefinition,
  period: ValueRange,
  timeUnit: string,
  drawn: readonly NamedCurves[],
  label: (quantity: string) => string,
  format: (value: number) => string,
): string {
  if (drawn.length === 0) return `${title}: not computed yet.`
  const at = (time: number): string => timeText(timeUnit, format(time))
  const told = ({ times, values: columns }: Curves): string => {
    const from = firstAtOrAfter(times, period.low)
    const to = firstAtOrAfter(times, period.high) + 1
    const parts = quantities.map((quantity) => {
      const values = columns.get(quantity)?.subarray(from, to)
      if (!values || values.length === 0) return `${label(quantity)} not computed`
      const best = (isBetter: (value: number, best: number) => boolean): number =>
        values.reduce((k, value, i) => (isBetter(value, values[k]!) || Number.isNaN(values[k]) ? i : k), 0)
      const peak = best((value, most) => value > most)
      const lowest = best((value, least) => value < least)
      return `${label(quantity)} highest ${format(values[peak]!)} at ${at(times[from + peak]!)}, lowest ${format(
        values[lowest]!,
      )} at ${at(times[from + lowest]!)}, last ${format(values.at(-1)!)}`
    })
    return parts.join('; ')
  }
  const named = unit === '' ? title : `${title}, ${unit}`
  const scenarios =
    drawn.length === 1
      ? `: ${drawn.map(({ curves }) => told(curves)).join()}`
      : `, ${drawn.length} scenarios. ${drawn.map(({ name, curves }) => `${name}: ${told(curves)}`).join('. ')}`
  return `${named}, ${at(period.low)} to ${at(period.high)}${scenarios}.`
}
