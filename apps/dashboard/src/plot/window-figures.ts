import type { ValueRange } from './axis-domain.ts'
import { courseAt } from './course-at.ts'
import { firstAtOrAfter } from './decimate.ts'
import type { Curves } from './panel-model.ts'

/** What is read off a curve within some times. */
export interface WindowFigures {
  readonly highest: number
  readonly highestAt: number
  readonly lowest: number
  /** Area under the curve, by trapezoids. */
  readonly area: number
  readonly last: number
}

/** Reads a curve within some times; both ends are read between its points. Null where it has no value in them. */
export function windowFigures(
  { times, values }: Curves,
  quantity: string,
  { low, high }: ValueRange,
): WindowFigures | null {
  const column = values.get(quantity)
  if (!column) return null
  const inside = times.subarray(firstAtOrAfter(times, low), firstAtOrAfter(times, high))
  const points = [low, ...inside.filter((time) => time > low), high]
    .map((time) => ({ time, value: courseAt(times, column, time) }))
    .filter(({ value }) => Number.isFinite(value))
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  const best = points.reduce((most, point) => (point.value > most.value ? point : most), first)
  const least = points.reduce((most, point) => (point.value < most.value ? point : most), first)
  const area = points.reduce((sum, point, k) => {
    const before = points[k - 1]
    return before ? sum + ((point.value + before.value) / 2) * (point.time - before.time) : sum
  }, 0)
  return { highest: best.value, highestAt: best.time, lowest: least.value, area, last: last.value }
}
