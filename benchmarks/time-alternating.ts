/** Shortest time one sample may take, milliseconds: what is quicker is repeated. */
const SAMPLE = 4

export interface Comparison {
  /** Median microseconds of one call. */
  readonly ours: number
  readonly theirs: number
  /** Median of theirs/ours over the rounds. */
  readonly ratio: number
}

/** Times two functions in turn, A B A B …, so that both meet the same machine; the first rounds warm up. */
export function timeAlternating(ours: () => unknown, theirs: () => unknown, rounds: number): Comparison {
  const repeats = [ours, theirs].map((work) => {
    warm(work)
    return Math.max(1, Math.ceil(SAMPLE / sample(work, 1)))
  })
  const pairs = Array.from({ length: rounds }, () => {
    const a = sample(ours, repeats[0]!)
    const b = sample(theirs, repeats[1]!)
    return { a, b }
  })
  return {
    ours: 1000 * median(pairs.map(({ a }) => a)),
    theirs: 1000 * median(pairs.map(({ b }) => b)),
    ratio: median(pairs.map(({ a, b }) => b / a)),
  }
}

function warm(work: () => unknown): void {
  const end = performance.now() + 100
  do work()
  while (performance.now() < end)
}

/** Milliseconds of one call. */
function sample(work: () => unknown, repeats: number): number {
  const start = performance.now()
  for (let k = 0; k < repeats; k++) work()
  return (performance.now() - start) / repeats
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}
