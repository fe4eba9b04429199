import type { TimeEvent } from 'ode-ts'

/**
 * How far apart two times may be that differ by rounding alone: time + k·interval and the time that a table holds for it, or
 * the same times in hours and in days.
 */
export function timeRounding(...times: readonly number[]): number {
  let largest = 0
  for (const time of times) largest = Math.max(largest, Math.abs(time))
  return 8 * Number.EPSILON * largest
}

/** Index of the first of ascending `times` that is at least `t`; their number where there is none. */
export function firstFrom(times: ArrayLike<number>, t: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! < t) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The events of [start, end] by time, those of one time as they come; where only rounding is between two of them, or between
 * one and an end, they happen together, each as at its own time: a step from one to the other would be lost in rounding, too.
 */
export function atOneTime(events: readonly TimeEvent[], start: number, end: number): readonly TimeEvent[] {
  if (events.length === 0) return events
  const sorted = events.toSorted((a, b) => a.t - b.t)
  const rounding = timeRounding(start, end)
  let last = start
  return sorted.map((event) => {
    if (event.t - last > rounding) last = end - event.t <= rounding ? end : event.t
    return event.t === last ? event : { t: last, apply: (_, y, s) => event.apply(event.t, y, s) }
  })
}
