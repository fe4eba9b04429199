import type { ValueRange } from './axis-domain.ts'

/** Smallest part of a run that can be shown. */
const smallestPart = 1 / 2000

/** Times to show, kept within the run; null where they are all of it or none can be shown. */
export function keptWithin({ low, high }: ValueRange, full: ValueRange): ValueRange | null {
  const least = (full.high - full.low) * smallestPart
  const from = Math.max(low, full.low)
  const to = Math.min(high, full.high)
  if (!(to - from >= least)) return null
  return from === full.low && to === full.high ? null : { low: from, high: to }
}

/** A time span `factor` times as long, in which `around` stays where it is on the screen; null for the whole run. */
export function zoomedPeriod(shown: ValueRange, full: ValueRange, factor: number, around?: number): ValueRange | null {
  const span = shown.high - shown.low
  const centre = around !== undefined && around >= shown.low && around <= shown.high ? around : shown.low + span / 2
  const whole = full.high - full.low
  const next = Math.min(whole, Math.max(whole * smallestPart, span * factor))
  if (next === whole) return null
  const low = centre - ((centre - shown.low) / span) * next
  const from = Math.min(Math.max(low, full.low), full.high - next)
  return { low: from, high: from + next }
}

/** The same span moved by a part of itself, as far as the run goes. */
export function movedPeriod({ low, high }: ValueRange, full: ValueRange, part: number): ValueRange | null {
  const span = high - low
  if (span >= full.high - full.low) return null
  const from = Math.min(Math.max(low + part * span, full.low), full.high - span)
  return { low: from, high: from + span }
}
