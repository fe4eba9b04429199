import type { ValueRange } from './axis-domain.ts'

/** Where a key brings the crosshair: arrows by a 200th of the times shown, page keys by a 20th; null takes it away. */
export function tracedTime(
  { key }: Pick<KeyboardEvent, 'key'>,
  at: number | null,
  { low, high }: ValueRange,
): number | null | undefined {
  const fine = (high - low) / 200
  const coarse = (high - low) / 20
  const from = at !== null && at >= low && at <= high ? at : low
  const next = {
    ArrowRight: from + fine,
    ArrowLeft: from - fine,
    PageUp: from + coarse,
    PageDown: from - coarse,
    Home: low,
    End: high,
    Escape: null,
  }[key]
  return next === null || next === undefined ? next : Math.min(high, Math.max(low, next))
}
