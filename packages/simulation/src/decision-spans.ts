/** A stretch of time, from the first time in it to the first after it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Sets of times: spans, ascending and apart from each other.
 */
export type Spans = readonly Span[]

/** Times in both. */
export function intersection(a: Spans, b: Spans): Spans {
  const both: Span[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i]!, b[j]!]
    const from = Math.max(x.from, y.from)
    const to = Math.min(x.to, y.to)
    if (from < to) both.push({ from, to })
    if (x.to < y.to) i++
    else j++
  }
  return both
}

/** Times in either. */
export function union(a: Spans, b: Spans): Spans {
  const joined: Span[] = []
  for (const span of [...a, ...b].sort((x, y) => x.from - y.from)) {
    const last = joined.at(-1)
    if (last !== undefined && span.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else joined.push(span)
  }
  return joined
}

/** Times at which a set has held for so long without a break. */
export function sustained(spans: Spans, time: number): Spans {
  return spans.map(({ from, to }) => ({ from: from + time, to })).filter(({ from, to }) => from < to)
}

/** Times of a set before `end`. */
export function before(spans: Spans, end: number): Spans {
  return intersection(spans, [{ from: Number.NEGATIVE_INFINITY, to: end }])
}

/** First time of a set from `start` on; Infinity where there is none. */
export function firstFrom(spans: Spans, start: number): number {
  const span = spans.find(({ to }) => to > start)
  return span === undefined ? Number.POSITIVE_INFINITY : Math.max(span.from, start)
}
