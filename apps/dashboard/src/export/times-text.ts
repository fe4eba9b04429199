import { timeGrid } from '@cartkin/simulation'

/** Fewest times that are written as a grid. */
const fewest = 4

/** Times as a plan writes them, `-6:35:0.125,36:400:0.5`: a plan that is read has the same numbers, to the last bit. */
export function timesText(times: Float64Array): string {
  const parts: string[] = []
  for (let from = 0; from < times.length; ) {
    const to = gridEnd(times, from)
    const first = times[from]!
    if (to - from + 1 >= fewest) parts.push(`${first}:${times[to]}:${times[from + 1]! - first}`)
    else for (const time of times.subarray(from, to + 1)) parts.push(String(time))
    from = to + 1
  }
  return parts.join()
}

/** The last index up to which times are the grid that the first two begin. */
function gridEnd(times: Float64Array, from: number): number {
  const first = times[from]!
  const by = (times[from + 1] ?? first) - first
  if (!(by > 0)) return from
  let to = from + 1
  while (to + 1 < times.length && Math.abs(times[to + 1]! - (first + (to + 1 - from) * by)) <= 1e-9 * by) to++
  const grid = timeGrid(first, times[to]!, by)
  return grid.length === to - from + 1 && grid.every((time, k) => time === times[from + k]) ? to : from
}
