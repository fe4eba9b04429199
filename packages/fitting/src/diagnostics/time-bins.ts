/** Observations between two times that are looked at together. */
export interface TimeBin {
  /** From this time on, up to the time `to` (exclusive, but for the last bin). */
  readonly from: number
  readonly to: number
  /** Median of the times of its observations. */
  readonly time: number
  /** Places of its observations in the list of times, ascending. */
  readonly members: readonly number[]
}

/**
 * Bins of about equal numbers of observations; equal times are never parted, so there may be fewer. Bins meet halfway between
 * the last time of one and the first of the next; the first and the last end at the outermost times.
 *
 * @throws RangeError for a count below 1 or a time that is not finite.
 */
export function timeBins(times: ArrayLike<number>, count: number): readonly TimeBin[] {
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`observations are put into 1 bin or more, got ${count}`)
  const order = ordered(times)
  const groups: number[][] = []
  for (const index of order) {
    const last = groups.at(-1)
    if (last !== undefined && times[last[0]!] === times[index]) last.push(index)
    else groups.push([index])
  }
  const bins: number[][] = []
  let seen = 0
  for (const group of groups) {
    // a group belongs where its middle lies among all observations
    const place = Math.min(count - 1, Math.floor(((seen + group.length / 2) / order.length) * count))
    const own = bins[place] ?? []
    bins[place] = own
    for (const index of group) own.push(index)
    seen += group.length
  }
  return withEnds(
    bins.filter((members) => members !== undefined),
    times,
  )
}

/**
 * Bins between given times: from each to the next. Observations before the first or after the last belong to the bin next to them.
 *
 * @throws RangeError unless the edges ascend strictly, there are two at least, and every time is finite.
 */
export function timeBinsBetween(times: ArrayLike<number>, edges: readonly number[]): readonly TimeBin[] {
  if (edges.length < 2) throw new RangeError(`bins lie between 2 times or more, got ${edges.length}`)
  const wrong = edges.findIndex((edge, k) => !(k === 0 || edge > edges[k - 1]!) || !Number.isFinite(edge))
  if (wrong >= 0) throw new RangeError(`the times between bins must ascend, got ${edges[wrong]} in place ${wrong + 1}`)
  const last = edges.length - 2
  const members: number[][] = Array.from({ length: last + 1 }, () => [])
  for (const index of ordered(times)) {
    const next = edges.findIndex((edge) => edge > times[index]!)
    members[next < 0 ? last : Math.min(last, Math.max(0, next - 1))]!.push(index)
  }
  return members.flatMap((own, k) =>
    own.length === 0
      ? []
      : [{ from: edges[k]!, to: edges[k + 1]!, time: medianTime(own, times), members: own.toSorted((a, b) => a - b) }],
  )
}

function ordered(times: ArrayLike<number>): readonly number[] {
  const order = Array.from(times, (_, index) => index)
  for (const index of order)
    if (!Number.isFinite(times[index]!))
      throw new RangeError(`times of observations are finite, got ${times[index]} in place ${index}`)
  return order.sort((a, b) => times[a]! - times[b]! || a - b)
}

function withEnds(bins: readonly (readonly number[])[], times: ArrayLike<number>): readonly TimeBin[] {
  const first = (k: number) => times[bins[k]![0]!]!
  const last = (k: number) => times[bins[k]!.at(-1)!]!
  const between = (k: number) => last(k) + (first(k + 1) - last(k)) / 2
  return bins.map((members, k) => ({
    from: k === 0 ? first(0) : between(k - 1),
    to: k === bins.length - 1 ? last(k) : between(k),
    time: medianTime(members, times),
    members: members.toSorted((a, b) => a - b),
  }))
}

function medianTime(members: readonly number[], times: ArrayLike<number>): number {
  const middle = (members.length - 1) / 2
  return (times[members[Math.floor(middle)]!]! + times[members[Math.ceil(middle)]!]!) / 2
}
