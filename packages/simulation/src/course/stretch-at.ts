import type { Stretch } from './linear-flow.ts'

/** The last of ascending stretches that begins by t, or before t; undefined before the first. */
export function stretchAt(stretches: readonly Stretch[], t: number, side: 'before' | 'after'): Stretch | undefined {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const isPast = side === 'before' ? stretches[middle]!.t >= t : stretches[middle]!.t > t
    if (isPast) high = middle
    else low = middle + 1
  }
  return stretches[low - 1]
}
