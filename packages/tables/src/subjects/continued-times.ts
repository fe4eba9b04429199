import type { RowBlock } from './covariate-values.ts'

/** Times of rows that go on where those of the data begin anew at a reset. */
export interface ContinuedTimes {
  readonly values: readonly (number | null)[]
  /** The rows at which they begin anew. */
  readonly restarts: ReadonlySet<number>
}

/**
 * Lets times go on where a reset goes back in time, as NONMEM allows: what comes from there on is moved by the least whole
 * number that brings the reset behind the row before. Any other row that goes back stays as it is.
 */
export function continuedTimes(
  blocks: readonly RowBlock[],
  times: readonly (number | null)[],
  isReset: (row: number) => boolean,
): ContinuedTimes {
  const values = [...times]
  const restarts = new Set<number>()
  for (const { from, to } of blocks) {
    let moved = 0
    let last = Number.NEGATIVE_INFINITY
    for (let row = from; row < to; row++) {
      const time = times[row] ?? null
      if (time === null) continue
      if (time + moved < last && isReset(row)) {
        moved = Math.floor(last - time) + 1
        restarts.add(row)
      }
      values[row] = time + moved
      last = time + moved
    }
  }
  return { values, restarts }
}
