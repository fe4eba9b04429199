import type { TargetRow } from './rows.ts'

/** A published range with the place and the shape of our value where the range is [-1, 1]. */
export interface RangePlace {
  readonly at: number
  readonly shape: string
}

/** Where a value lies where the range is [-1, 1]; a range of no width has only itself. */
export function placeOf(value: number, { lo, hi }: Pick<TargetRow, 'lo' | 'hi'>): number {
  if (value === lo && value === hi) return 0
  const middle = lo + (hi - lo) / 2
  return hi > lo ? (value - middle) / ((hi - lo) / 2) : value > hi ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

/**
 * The mark of our value: a circle within, a diamond outside, a triangle beyond the end of the axis, a cross where there is
 * none. `edge`: ends of the axis, in half widths of the range.
 */
export function rangePlace(row: Pick<TargetRow, 'lo' | 'hi' | 'ours' | 'pass'>, edge: number): RangePlace {
  const at = placeOf(row.ours, row)
  if (Number.isNaN(at)) return { at: 0, shape: 'cross' }
  if (at > edge) return { at: edge, shape: 'triangle-right' }
  if (at < -edge) return { at: -edge, shape: 'triangle-left' }
  return { at, shape: row.pass ? 'circle' : 'diamond' }
}
