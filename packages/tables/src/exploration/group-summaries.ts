import { rankQuantile } from '@cartkin/fitting'
import { mean, standardDeviation } from '@cartkin/numerics'
import type { ExploredRow } from './explored-data.ts'

/** Observations of a group at a nominal time. */
export interface GroupSummary {
  readonly group: string
  readonly time: number
  readonly count: number
  readonly below: number
  /** NaN where any value is below the limit of quantification, which has no mean. */
  readonly mean: number
  /** Of the values, with n − 1; NaN as the mean, and of a single value. */
  readonly standardDeviation: number
  /** Percentiles of type 7, values below the limit as the lowest; −Infinity: below the limit. */
  readonly p5: number
  readonly p25: number
  readonly p50: number
  readonly p75: number
  readonly p95: number
}

/** Summaries of groups, in order of appearance, over their nominal times, ascending. Rows without a nominal time are left out. */
export function groupSummaries(
  rows: readonly ExploredRow[],
  read: (row: ExploredRow) => number = ({ value }) => value,
): readonly GroupSummary[] {
  const groups = new Map<string, Map<number, ExploredRow[]>>()
  for (const row of rows) {
    if (!Number.isFinite(row.nominal) || !Number.isFinite(read(row))) continue
    const times = groups.get(row.group) ?? new Map<number, ExploredRow[]>()
    groups.set(row.group, times)
    const own = times.get(row.nominal) ?? []
    times.set(row.nominal, own)
    own.push(row)
  }
  return [...groups].flatMap(([group, times]) =>
    [...times]
      .toSorted(([a], [b]) => a - b)
      .map(([time, own]) => {
        const below = own.filter((row) => row.below).length
        const ranked = Float64Array.from(own, (row) => (row.below ? Number.NEGATIVE_INFINITY : read(row))).sort()
        const whole = below === 0
        return {
          group,
          time,
          count: own.length,
          below,
          mean: whole ? mean(ranked) : Number.NaN,
          standardDeviation: whole && ranked.length > 1 ? standardDeviation(ranked) : Number.NaN,
          p5: rankQuantile(ranked, 0.05),
          p25: rankQuantile(ranked, 0.25),
          p50: rankQuantile(ranked, 0.5),
          p75: rankQuantile(ranked, 0.75),
          p95: rankQuantile(ranked, 0.95),
        }
      }),
  )
}
