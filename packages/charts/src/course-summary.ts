import { axisTitle } from './axis-channel.ts'
import { formatValue } from './format-value.ts'
import type { Axis, CourseRow } from './rows.ts'

const NAMED = 5

/** What a chart of courses shows, in words: the quantity, the curves and the peak of each. */
export function courseSummary(rows: readonly CourseRow[], x: Axis, y: Axis, observations: number): string {
  const peaks = new Map<string, CourseRow>()
  for (const row of rows) {
    const peak = peaks.get(row.series)
    if (Number.isFinite(row.value) && (peak === undefined || row.value > peak.value)) peaks.set(row.series, row)
  }
  const named = [...peaks]
    .slice(0, NAMED)
    .map(
      ([series, { time, value }]) =>
        `${series} peaks at ${formatValue(value)} at ${x.title.toLowerCase()} ${formatValue(time)}`,
    )
  const rest = peaks.size > NAMED ? `; ${peaks.size - NAMED} more curves` : ''
  const observed = observations > 0 ? ` ${observations} observations are shown.` : ''
  const curves = named.length > 0 ? ` ${named.join('; ')}${rest}.` : ''
  return `${axisTitle(y)} over ${axisTitle(x)}.${curves}${observed}`
}
