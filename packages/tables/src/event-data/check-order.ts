import type { DataError } from '../data-error.ts'
import type { EventRows } from '../records/event-row.ts'
import type { RowBlock } from '../subjects/covariate-values.ts'

const dates = ['DATE', 'DAT1', 'DAT2', 'DAT3'] as const

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
    const earliest = latest === undefined ? null : (times[latest] ?? null)
    if (earliest !== null && time < earliest && !restarts.has(row)) {
      const above = latest ?? row
      const date = dates.find((name) => rows.cell(name, row) !== undefined)
      const isOtherDay = date !== undefined && rows.cell(date, row)?.text !== rows.cell(date, above)?.text
      const said = isOtherDay ? date : 'TIME'
      const before = isOtherDay ? ([date, 'TIME'] as const) : (['TIME'] as const)
      const text = before
        .map((name) => rows.cell(name, above)?.text ?? '')
        .join(' ')
        .trim()
      report(
        rows.refusal(
          said,
          row,
          `is before ${text}, the ${isOtherDay ? 'date' : 'time'} of the row above (line ${rows.cell(said, above)?.line}), within subject ${block.id}`,
          'rows of a subject must be in the order of time; only at a reset (EVID 3 or 4) may times begin anew',
        ),
      )
    }
    latest = row
  }
}
