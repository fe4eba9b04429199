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
