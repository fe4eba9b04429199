/** Points of a curve, time and value. */
export interface Polyline {
  readonly times: readonly number[]
  readonly values: readonly number[]
}

/**
 * Thins a curve to at most four points per pixel column (first, lowest, highest, last), which draws the same pixels.
 * Times outside the range are left out but for the neighbours that a line crossing the edge needs.
 */
export function decimate(
  times: Float64Array,
  values: Float64Array,
  range: { readonly low: number; readonly high: number },
  columns: number,
): Polyline {
  const perColumn = (range.high - range.low) / Math.max(1, columns)
  const keep: number[] = []
  let from = Math.max(0, firstAtOrAfter(times, range.low) - 1)
  const end = Math.min(times.length, firstAtOrAfter(times, range.high) + 2)
  while (from < end) {
    const column = Math.floor((times[from]! - range.low) / perColumn)
    let to = from
    let lowest = from
    let highest = from
    while (to + 1 < end && Math.floor((times[to + 1]! - range.low) / perColumn) === column) {
      to++
      if (values[to]! < values[lowest]!) lowest = to
      if (values[to]! > values[highest]!) highest = to
    }
    keep.push(...[...new Set([from, lowest, highest, to])].sort((a, b) => a - b))
    from = to + 1
  }
  return { times: keep.map((k) => times[k]!), values: keep.map((k) => values[k]!) }
}

/** Index of the first time at or after `time`; the length when there is none. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < time) low = middle + 1
    else high = middle
  }
  return low
}
