import { exp, log } from '@cartkin/numerics'
import type { TimedValue } from './trapezoid.ts'

/** A straight line through logarithms of values. */
export interface LogLine {
  /** Change of log(value) per time; negative where it falls. */
  readonly slope: number
  /** Of time and log(value). */
  readonly correlation: number
  readonly r2: number
  /** NaN for two points. */
  readonly adjustedR2: number
  readonly points: readonly TimedValue[]
  /** The value of the line at a time. */
  at(time: number): number
}

/** Least squares of log(value) on time. Needs two points with different times and positive values; NaN otherwise. */
export function logLine(points: readonly TimedValue[]): LogLine {
  const n = points.length
  const logs = points.map(({ value }) => log(value))
  let [time, level] = [0, 0]
  for (let k = 0; k < n; k++) {
    time += points[k]!.time / n
    level += logs[k]! / n
  }
  let [tt, ty, yy] = [0, 0, 0]
  for (let k = 0; k < n; k++) {
    const [dt, dy] = [points[k]!.time - time, logs[k]! - level]
    tt += dt * dt
    ty += dt * dy
    yy += dy * dy
  }
  const slope = ty / tt
  const correlation = ty / Math.sqrt(tt * yy)
  const r2 = correlation * correlation
  return {
    slope,
    correlation,
    r2,
    adjustedR2: n > 2 ? 1 - ((1 - r2) * (n - 1)) / (n - 2) : Number.NaN,
    points,
    at: (t) => exp(level + slope * (t - time)),
  }
}
