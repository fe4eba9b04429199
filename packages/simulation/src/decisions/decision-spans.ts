/** A stretch of time, from the first time in it to the first after it. */
export interface Span {
  readonly from: number
  readonly to: number
  /** ∂from/∂p by the parameters of the sensitivities; absent where it does not move. */
  readonly moves?: Float64Array | undefined
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
    if (from < to) both.push({ from, to, moves: x.from >= y.from ? x.moves : y.moves })
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
      joined[joined.length - 1] = { ...last, to: Math.max(last.to, span.to) }
    else joined.push(span)
  }
  return joined
}

/** Times at which a set has held for so long without a break. */
export function sustained(spans: Spans, time: number): Spans {
  return spans.map((span) => ({ ...span, from: span.from + time })).filter(({ from, to }) => from < to)
}

/** Times of a set before `end`. */
export function before(spans: Spans, end: number): Spans {
  return intersection(spans, [{ from: Number.NEGATIVE_INFINITY, to: end }])
}

/** The part of a set from `start` on that comes first; undefined where there is none. Its `from` moves as that of `start` where it is that. */
export function firstFrom(spans: Spans, start: Pick<Span, 'from' | 'moves'>): Pick<Span, 'from' | 'moves'> | undefined {
  const span = spans.find(({ to }) => to > start.from)
  return span === undefined || span.from >= start.from ? span : start
}
