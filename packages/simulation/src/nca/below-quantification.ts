import type { Concentration } from './concentration.ts'

/**
 * What becomes of a value below quantification: 'drop' leaves the row out, 'missing' keeps it among the points as one
 * without a value (no figure uses it), 'zero' and 'lloq/2' give it that value.
 */
export type BelowRule = 'drop' | 'missing' | 'zero' | 'lloq/2'

/** One rule for each place: before the first quantifiable value, between two of them, after the last. */
export interface BelowRules {
  /** 'zero' where absent. */
  readonly before?: BelowRule
  /** 'drop' where absent. */
  readonly between?: BelowRule
  /** 'zero' where absent: AUCall then goes down to the first value that is not quantifiable. */
  readonly after?: BelowRule
}

/** A point of a course: what was measured, what a rule made of a value below quantification, or what was put in at the dose. */
export interface CoursePoint {
  readonly time: number
  /** NaN where it is missing. */
  readonly value: number
  readonly origin: 'measured' | 'below' | 'inserted'
}

/**
 * A series in the order of time, with a rule applied to what is below quantification: what is censored to the left, 0 or
 * less, or below `lloq`.
 *
 * @param lloq limit of quantification; where it is absent, values censored to the left bring their own.
 * @throws RangeError for a time or value that is no number, two values at one time, and 'lloq/2' without a limit.
 */
export function quantifiedPoints(
  series: readonly Concentration[],
  { before = 'zero', between = 'drop', after = 'zero' }: BelowRules = {},
  lloq?: number,
): readonly CoursePoint[] {
  if (lloq !== undefined && !(lloq > 0))
    throw new RangeError(`the limit of quantification must be positive, got ${lloq}`)
  const sorted = series.toSorted((a, b) => a.time - b.time)
  for (const [k, { time, value }] of sorted.entries()) {
    if (!Number.isFinite(time)) throw new RangeError(`a time is ${time}; leave the row out`)
    if (!Number.isFinite(value)) throw new RangeError(`the value at time ${time} is ${value}; leave the row out`)
    if (k > 0 && !(sorted[k - 1]!.time < time))
      throw new RangeError(`time ${time} has two values; give one for each time, such as their mean`)
  }
  const isBelow = sorted.map((row) => isBelowQuantification(row, lloq))
  const first = isBelow.indexOf(false)
  const last = isBelow.lastIndexOf(false)
  return sorted.flatMap((row, k): CoursePoint[] => {
    const { time } = row
    if (!isBelow[k]) return [{ time, value: row.value, origin: 'measured' }]
    const rule = first < 0 || k < first ? before : k > last ? after : between
    if (rule === 'drop') return []
    const value = rule === 'missing' ? Number.NaN : rule === 'zero' ? 0 : half(row, lloq)
    return [{ time, value, origin: 'below' }]
  })
}

/** Whether a value counts as below quantification. */
export function isBelowQuantification({ value, censored }: Concentration, lloq?: number): boolean {
  return censored === 'left' || !(value > 0) || (lloq !== undefined && value < lloq)
}

function half({ time, value, censored }: Concentration, lloq: number | undefined): number {
  const limit = lloq ?? (censored === 'left' ? value : undefined)
  if (limit === undefined || !(limit > 0))
    throw new RangeError(
      `the value at time ${time} is below quantification and is to become half the limit, which is not known; give it (lloq)`,
    )
  return limit / 2
}
