import { log } from '@cartkin/numerics'
import { bestLine } from './best-line.ts'
import { type LogLine, logLine } from './log-line.ts'
import { belongs } from './peak-belongs.ts'
import type { TimedValue } from './trapezoid.ts'

/** The exponential rise to the peak, or why there is none. */
export type Expansion =
  | { readonly found: true; readonly line: LogLine; readonly before: readonly TimedValue[] }
  | { readonly found: false; readonly reason: string }

/**
 * The line through logarithms of the values that rise to the peak: of all runs of three points or more that end there the
 * one with the best adjusted R² (of equal ones the longest); two points where there are no more. The peak itself is left out
 * where it lies off the line through the others: it may stand after the true peak.
 *
 * @param rising quantifiable points up to the peak, it included, in ascending order of time.
 * @param spread standard deviation of log(value) that the rest of the course shows; NaN where not known.
 */
export function expansion(rising: readonly TimedValue[], spread: number): Expansion {
  const peak = rising.at(-1)
  if (peak === undefined || rising.length < 2)
    return { found: false, reason: 'no quantifiable value stands before the peak' }
  const rules = { minPoints: 3, tie: 1e-9, sign: 1 } as const
  const others = rising.slice(0, -1)
  const without = bestLine(others.toReversed(), rules) ?? (others.length === 2 ? logLine(others) : undefined)
  const line =
    without !== undefined && without.slope > 0 && !belongs(peak, without.at(peak.time), residualOf(without, spread))
      ? without
      : (bestLine(rising.toReversed(), rules) ?? logLine(rising.slice(-2)))
  if (!(line.slope > 0)) return { found: false, reason: 'the values do not rise to the peak' }
  const begin = line.points[0]?.time ?? peak.time
  return { found: true, line, before: rising.filter(({ time }) => time < begin) }
}

/** The larger of its own standard deviation and that of the rest; NaN where neither is known. */
function residualOf({ points, at }: LogLine, spread: number): number {
  let squares = 0
  for (const { time, value } of points) squares += log(value / at(time)) * log(value / at(time))
  const own = points.length > 2 ? Math.sqrt(squares / (points.length - 2)) : Number.NaN
  return Number.isNaN(own) ? spread : own > spread ? own : Number.isNaN(spread) ? own : spread
}
