/**
 * Times at which curves are read, days: every 3 h to day 35, where cells expand and cytokines peak, then twice a day to
 * day 400, then daily. Each is the start plus a whole number of steps.
 */
export function courseTimes(start: number, end: number): Float64Array {
  return timesBySpans(start, end, [
    { until: 35, by: 0.125 },
    { until: 400, by: 0.5 },
    { until: Infinity, by: 1 },
  ])
}

/** The coarser times of population bands: under 200 for a year, so that a band is a small polygon. */
export function bandTimes(start: number, end: number): Float64Array {
  return timesBySpans(start, end, [
    { until: 28, by: 0.5 },
    { until: 60, by: 1 },
    { until: 400, by: 5 },
    { until: Infinity, by: 20 },
  ])
}

/** Times in equal steps, both ends among them. */
export function evenTimes(start: number, end: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, k) => (k === steps ? end : start + (k * (end - start)) / steps))
}

interface Span {
  readonly until: number
  readonly by: number
}

function timesBySpans(start: number, end: number, spans: readonly Span[]): Float64Array {
  const times: number[] = []
  let from = start
  for (const { until, by } of spans) {
    const to = Math.min(until, end)
    const count = Math.ceil((to - from) / by - 1e-9)
    for (let k = 0; k < count; k++) times.push(from + k * by)
    if (count > 0) from += count * by
    if (from >= end) break
  }
  times.push(end)
  return Float64Array.from(times)
}
