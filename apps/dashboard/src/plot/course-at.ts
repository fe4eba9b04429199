import { firstAtOrAfter } from './decimate.ts'

/** A curve's value at a time, linear between its points; NaN outside them. */
export function courseAt(times: Float64Array, values: Float64Array, time: number): number {
  const above = firstAtOrAfter(times, time)
  if (times[above] === time) return values[above] ?? Number.NaN
  const t0 = times[above - 1]
  const t1 = times[above]
  const v0 = values[above - 1]
  const v1 = values[above]
  if (t0 === undefined || t1 === undefined || v0 === undefined || v1 === undefined) return Number.NaN
  return v0 + ((time - t0) / (t1 - t0)) * (v1 - v0)
}
