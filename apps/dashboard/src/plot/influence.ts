import { courseAt } from './course-at.ts'
import type { Curves } from './panel-model.ts'

/** Courses with one parameter a part lower and higher, at the times of the course itself; null where there is none. */
export interface ParameterCourses {
  readonly name: string
  readonly low: Curves['values'] | null
  readonly high: Curves['values'] | null
}

/** What a parameter does to a value, in percent of it; NaN where it is not known. */
export interface Influence {
  readonly name: string
  readonly low: number
  readonly high: number
}

/** Changes smaller than this are none, percent. */
const noticeable = 0.05

/** The parameters that change a quantity at a time the most, the strongest first. */
export function strongestInfluences(
  course: Curves,
  parameters: readonly ParameterCourses[],
  quantity: string,
  time: number,
  most: number,
): readonly Influence[] {
  const { times } = course
  const own = course.values.get(quantity)
  const base = own ? courseAt(times, own, time) : Number.NaN
  const change = (values: Curves['values'] | null): number => {
    const column = values?.get(quantity)
    return column && base !== 0 ? 100 * (courseAt(times, column, time) / base - 1) : Number.NaN
  }
  const size = ({ low, high }: Influence): number =>
    Math.max(0, ...[low, high].filter(Number.isFinite).map((value) => Math.abs(value)))
  return parameters
    .map(({ name, low, high }) => ({ name, low: change(low), high: change(high) }))
    .filter((influence) => size(influence) >= noticeable)
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, most)
}
