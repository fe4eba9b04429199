import { bestLine } from './best-line.ts'
import { type LogLine, logLine } from './log-line.ts'
import type { TimedValue } from './trapezoid.ts'

/** Which points may make the terminal slope. */
export interface TerminalChoice {
  /** At least 3, the default. */
  readonly minPoints?: number
  /** Whether the peak may be among them; where absent, for a bolus only. */
  readonly includePeak?: boolean
  /** Use exactly the quantifiable points from here to `to`, without a search. */
  readonly from?: number
  readonly to?: number
  /** Times of points to leave out. */
  readonly exclude?: readonly number[]
}

/** The terminal slope, or why there is none. */
export type TerminalSlope =
  | { readonly found: true; readonly rate: number; readonly line: LogLine }
  | { readonly found: false; readonly reason: string }

/**
 * lambda-z as Phoenix WinNonlin finds it: lines through the last 3, 4, … quantifiable points after the peak, the best
 * adjusted R² wins, and of those within 0.0001 of it the most points. Only falling lines count.
 *
 * @param points quantifiable points (value above 0) in the order of time.
 * @param earliest no point before this time (the end of an infusion).
 */
export function terminalSlope(
  points: readonly TimedValue[],
  { minPoints = 3, includePeak = false, from, to, exclude = [] }: TerminalChoice = {},
  earliest = Number.NEGATIVE_INFINITY,
): TerminalSlope {
  if (!(Number.isInteger(minPoints) && minPoints >= 3))
    throw new RangeError(`the terminal slope needs 3 points or more, got minPoints = ${minPoints}`)
  if (from !== undefined || to !== undefined) {
    const start = from ?? Number.NEGATIVE_INFINITY
    const end = to ?? Number.POSITIVE_INFINITY
    const chosen = points.filter(({ time }) => time >= start && time <= end && !exclude.includes(time))
    if (chosen.length < minPoints)
      return {
        found: false,
        reason: `${counted(chosen.length)} between ${start} and ${end}; the terminal slope needs ${minPoints}`,
      }
    const line = logLine(chosen)
    return falling(line.slope < 0 ? line : undefined)
  }
  let peak = 0
  for (let k = 1; k < points.length; k++) if (points[k]!.value > points[peak]!.value) peak = k
  const usable = points
    .slice(includePeak ? peak : peak + 1)
    .filter(({ time }) => time >= earliest && !exclude.includes(time))
  if (usable.length < minPoints)
    return {
      found: false,
      reason: `${counted(usable.length)} ${includePeak ? 'from' : 'after'} the peak${
        Number.isFinite(earliest) ? ' and the end of the infusion' : ''
      }; the terminal slope needs ${minPoints}`,
    }
  return falling(bestLine(usable.toReversed(), { minPoints, tie: 1e-4, sign: -1 }))
}

function falling(line: LogLine | undefined): TerminalSlope {
  return line === undefined
    ? { found: false, reason: 'the last quantifiable values do not fall' }
    : { found: true, rate: -line.slope, line }
}

function counted(n: number): string {
  return n === 1 ? '1 quantifiable value lies' : `${n} quantifiable values lie`
}
