import type { Observation, PanelDefinition } from '@cartkin/cart-models'
import type { Course } from '../state/course.ts'
import { axisDomain, type ValueRange } from './axis-domain.ts'
import { firstAtOrAfter } from './decimate.ts'

/** Days shown before the first of them that matters, so that lymphodepletion is seen whole. */
export function dayRange(start: number, horizon: number, lastDay: number | null): ValueRange {
  return { low: start, high: Math.min(lastDay ?? horizon, horizon) }
}

/** Values that the axis of a panel must hold: the courses' within the days shown, and the observations there. */
export function panelDomain(
  { quantities }: Pick<PanelDefinition, 'quantities'>,
  scale: 'linear' | 'log',
  days: ValueRange,
  courses: readonly Course[],
  observations: readonly Observation[],
): ValueRange {
  const values = courses.flatMap((course) =>
    quantities.flatMap((quantity) => {
      const column = course.values.get(quantity)
      if (!column) return []
      return [...column.subarray(firstAtOrAfter(course.times, days.low), firstAtOrAfter(course.times, days.high) + 1)]
    }),
  )
  const seen = observations.filter(
    ({ quantity, time }) => quantities.includes(quantity) && time >= days.low && time <= days.high,
  )
  return axisDomain(
    scale,
    values,
    seen.flatMap(({ value, lower = value, upper = value }) => [value, lower, upper]),
  )
}

/** Whether a course leaves the panel above (or, on a linear axis, below). */
export function leavesView(
  { quantities }: Pick<PanelDefinition, 'quantities'>,
  scale: 'linear' | 'log',
  days: ValueRange,
  domain: ValueRange,
  course: Course,
): boolean {
  const from = firstAtOrAfter(course.times, days.low)
  const to = firstAtOrAfter(course.times, days.high) + 1
  return quantities.some((quantity) =>
    course.values
      .get(quantity)
      ?.subarray(from, to)
      .some((value) => value > domain.high || (scale === 'linear' && value < domain.low)),
  )
}

/** What a reader who cannot see the plot is told of it. */
export function panelSummary(
  { title, quantities, unit }: PanelDefinition,
  days: ValueRange,
  course: Course | null,
  label: (quantity: string) => string,
  format: (value: number) => string,
): string {
  if (!course) return `${title}: not computed yet.`
  const from = firstAtOrAfter(course.times, days.low)
  const to = firstAtOrAfter(course.times, days.high) + 1
  const parts = quantities.map((quantity) => {
    const values = course.values.get(quantity)?.subarray(from, to)
    if (!values || values.length === 0) return `${label(quantity)} not computed`
    const peak = values.reduce((best, value, k) => (value > values[best]! ? k : best), 0)
    const lowest = values.reduce((best, value, k) => (value < values[best]! ? k : best), 0)
    return `${label(quantity)} highest ${format(values[peak]!)} on day ${format(course.times[from + peak]!)}, lowest ${format(
      values[lowest]!,
    )} on day ${format(course.times[from + lowest]!)}, last ${format(values.at(-1)!)}`
  })
  return `${title}, ${unit}, day ${format(days.low)} to ${format(days.high)}: ${parts.join('; ')}.`
}
