import { log } from '@cartkin/numerics'
import { type LogLine, logLine } from './log-line.ts'
import type { TimedValue } from './trapezoid.ts'

export interface BestLineRules {
  /** Fewest points of a line. */
  readonly minPoints: number
  /** A line with more points is taken where its adjusted R² is no further than this below the best. */
  readonly tie: number
  /** The sign that its slope must have. */
  readonly sign: 1 | -1
}

/** A change of log(value) over all points of a line that is no more than rounding. */
const flat = 1e-10

/**
 * Of the lines through the first `minPoints`, `minPoints` + 1, … points of a list the one with the best adjusted R². Undefined
 * where none has the sign. Points need positive values.
 */
export function bestLine(points: readonly TimedValue[], { minPoints, tie, sign }: BestLineRules): LogLine | undefined {
  const qualities = lineQualities(points)
  let best = Number.NEGATIVE_INFINITY
  const fits = (k: number) =>
    k + 1 >= minPoints && sign * qualities[k]!.slope * Math.abs(points[k]!.time - points[0]!.time) > flat
  for (let k = 0; k < points.length; k++)
    if (fits(k) && qualities[k]!.adjustedR2 > best) best = qualities[k]!.adjustedR2
  for (let k = points.length - 1; k >= 0; k--)
    if (fits(k) && qualities[k]!.adjustedR2 >= best - tie)
      return logLine(points.slice(0, k + 1).toSorted((a, b) => a.time - b.time))
  return undefined
}

/** Slope and adjusted R² of the lines through the first 1, 2, … points, by updated means. */
function lineQualities(points: readonly TimedValue[]) {
  let [time, level, tt, ty, yy] = [0, 0, 0, 0, 0]
  return points.map((point, k) => {
    const n = k + 1
    const [dt, dy] = [point.time - time, log(point.value) - level]
    time += dt / n
    level += dy / n
    const rest = k / n
    tt += dt * dt * rest
    ty += dt * dy * rest
    yy += dy * dy * rest
    return { slope: ty / tt, adjustedR2: 1 - ((1 - (ty * ty) / (tt * yy)) * (n - 1)) / (n - 2) }
  })
}
