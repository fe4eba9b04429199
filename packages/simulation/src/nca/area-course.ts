import { exp, log } from '@cartkin/numerics'
import { type Area, type AreaMethod, isExponential, segmentArea, type TimedValue } from './trapezoid.ts'

/** A course between and beyond its points. */
export interface AreaCourse {
  /** In ascending order of time, values 0 or more. */
  readonly points: readonly TimedValue[]
  readonly method: AreaMethod
  readonly peakTime: number
  /** Rate at which it falls after its last point; NaN where not known, and then it is not defined there. */
  readonly terminalRate: number
}

/** The value at a time: between points by the course's method, after the last by its terminal rate; NaN elsewhere. */
export function valueAt(course: AreaCourse, time: number): number {
  const { points } = course
  const last = points.at(-1)
  if (last === undefined) return Number.NaN
  if (time > last.time) return last.value === 0 ? 0 : last.value * exp(-course.terminalRate * (time - last.time))
  const after = points.findIndex((point) => point.time >= time)
  const to = points[after]
  if (to === undefined) return Number.NaN
  if (to.time === time) return to.value
  const from = points[after - 1]
  return from === undefined ? Number.NaN : between(course, from, to, time)
}

function between({ method, peakTime }: AreaCourse, from: TimedValue, to: TimedValue, time: number): number {
  const part = (time - from.time) / (to.time - from.time)
  return isExponential(method, from, to, peakTime)
    ? from.value * exp(part * log(to.value / from.value))
    : from.value + part * (to.value - from.value)
}

/**
 * Area between two times, which need not be times of points: what lies within a segment is interpolated, what lies after
 * the last point goes on with the terminal rate (nothing is added after a last value of 0). NaN before the first point, and
 * after the last without a terminal rate.
 */
export function areaBetween(course: AreaCourse, from: number, to: number): Area {
  if (!(from <= to)) throw new RangeError(`an area needs an interval from a time to a later one, got ${from} to ${to}`)
  const { points, method, peakTime } = course
  const [first, last] = [points[0], points.at(-1)]
  let [area, moment] = [0, 0]
  if (first === undefined || last === undefined || !(first.time <= from))
    return { area: Number.NaN, moment: Number.NaN }
  const add = (a: TimedValue, b: TimedValue, exponential: boolean) => {
    const part = segmentArea(a, b, exponential)
    area += part.area
    moment += part.moment
  }
  const at = (time: number): TimedValue => ({ time, value: valueAt(course, time) })
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1]!, points[k]!]
    if (b.time <= from || a.time >= to) continue
    const [begin, end] = [a.time < from ? at(from) : a, b.time > to ? at(to) : b]
    add(begin, end, isExponential(method, a, b, peakTime))
  }
  if (to > last.time) {
    const [begin, end] = [from > last.time ? at(from) : last, at(to)]
    add(begin, end, begin.value !== end.value)
  }
  return { area, moment }
}
