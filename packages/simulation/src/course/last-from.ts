/** The last of entries with ascending times that begins by t, or before t; undefined before the first. */
export function lastFrom<Entry extends { readonly t: number }>(
  entries: readonly Entry[],
  t: number,
  side: 'before' | 'after',
): Entry | undefined {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const isPast = side === 'before' ? entries[middle]!.t >= t : entries[middle]!.t > t
    if (isPast) high = middle
    else low = middle + 1
  }
  return entries[low - 1]
}
