import type { LogLine } from './log-line.ts'

/** How close to the best adjusted R² a line with more points may be and be taken in its place (Phoenix WinNonlin). */
const tie = 1e-4

/**
 * The line with the best adjusted R²; of those within 0.0001 of it the one with the most points. Undefined where no line
 * has one.
 */
export function bestLine(lines: readonly LogLine[]): LogLine | undefined {
  let best = Number.NEGATIVE_INFINITY
  for (const { adjustedR2 } of lines) if (adjustedR2 > best) best = adjustedR2
  let found: LogLine | undefined
  for (const line of lines)
    if (line.adjustedR2 >= best - tie && line.points.length > (found?.points.length ?? 0)) found = line
  return found
}
