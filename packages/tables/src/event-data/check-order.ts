import type { DataError } from '../data-error.ts'
import type { EventRows } from '../records/event-row.ts'
import type { RowBlock } from '../subjects/covariate-values.ts'

/** Tells of each time that is before the one above it, but for `restarts`. */
export function checkOrder(
  block: RowBlock,
  times: readonly (number | null)[],
  restarts: ReadonlySet<number>,
  rows: Pick<EventRows, 'cell' | 'refusal'>,
  report: (error: DataError) => void,
): void {
  let latest: number | undefined
  for (let row = block.from; row < block.to; row++) {
    const time = times[row] ?? null
    if (time === null) continue
    const before = latest === undefined ? null : (times[latest] ?? null)
    if (before !== null && time < before && !restarts.has(row)) {
      const above = rows.cell('TIME', latest ?? row)
      report(
        rows.refusal(
          'TIME',
          row,
          `is before ${above?.text}, the time of the row above (line ${above?.line}), within subject ${block.id}`,
          'rows of a subject must be in the order of time; only at a reset (EVID 3 or 4) may times begin anew',
        ),
      )
    }
    latest = row
  }
}
