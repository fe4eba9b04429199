import type { ValueRange } from './axis-domain.ts'

/** Where a key brings the crosshair: arrows by a 200th of the times shown, with Shift by a 20th; null takes it away. */
export function tracedTime(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  at: number | null,
  { low, high }: ValueRange,
): number | null | undefined {
  const step = (high - low) / (shiftKey ? 20 : 200)
  const from = at ?? low
  const next = { ArrowRight: from + step, ArrowLeft: from - step, Home: low, End: high, Escape: null }[key]
  return next === null || next === undefined ? next : Math.min(high, Math.max(low, next))
}
