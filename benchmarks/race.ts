import type { Matched } from './match-error.ts'

/** Shortest time one sample may take, microseconds: what is quicker is repeated. */
const SAMPLE = 30_000
/** Microseconds of running before the first sample. */
const WARM_UP = 300_000

export interface Timed extends Matched {
  /** CPU microseconds of one pass in each round. */
  readonly samples: readonly number[]
}

/** Times all in turn, A B C A B C …, so that each meets the same machine. */
export async function race(entrants: readonly Matched[], rounds: number): Promise<readonly Timed[]> {
  const runners: { readonly entrant: Matched; readonly repeats: number; readonly samples: number[] }[] = []
  for (const entrant of entrants) {
    let spent = 0
    let once = 0
    for (let repeats = 1; spent < WARM_UP; repeats *= 2) {
      once = await entrant.contender.time(entrant.rtol, repeats)
      spent += once * repeats
      if (once === 0) spent += 1
    }
    runners.push({ entrant, repeats: Math.max(1, Math.ceil(SAMPLE / once)), samples: [] })
  }
  for (let round = 0; round < rounds; round++) {
    for (const { entrant, repeats, samples } of runners) {
      samples.push(await entrant.contender.time(entrant.rtol, repeats))
    }
  }
  return runners.map(({ entrant, samples }) => ({ ...entrant, samples }))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}
