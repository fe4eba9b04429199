import { isDose } from '@cartkin/simulation'
import type { DelimitedText } from '../cells/delimited-text.ts'
import type { DataError } from '../data-error.ts'
import type { EventRow, EventRows } from '../records/event-row.ts'
import type { RowBlock } from '../subjects/covariate-values.ts'
import { plural } from './event-notes.ts'

/** Most of each kind that are collected. */
const mostCollected = 1000

/** What stands twice in a file. */
export interface RepeatedRows {
  /** Measured values other than 0 that stand twice, cell by cell: the second counts again. */
  readonly values: readonly DataError[]
  /** Doses that stand twice. */
  readonly doses: readonly DataError[]
  readonly notes: readonly string[]
}

/** Finds rows of a subject that repeat an earlier one, and values measured twice at one time. */
export function repeatedRows(
  text: DelimitedText,
  rows: EventRows,
  blocks: readonly RowBlock[],
  read: readonly (EventRow | undefined)[],
): RepeatedRows {
  const values: DataError[] = []
  const doses: DataError[] = []
  let replicates = 0
  let firstReplicate = 0
  for (const block of blocks) {
    const whole = new Map<string, number>()
    const moments = new Set<string>()
    for (let row = block.from; row < block.to; row++) {
      const record = read[row]?.record
      const cells = text.rows[row]
      if (record === undefined || cells === undefined) continue
      const measured = record.evid === 0 && record.dv !== undefined && record.dv !== 0
      if (!measured && !isDose(record)) continue
      const key = JSON.stringify([record.time, ...cells.map((cell) => cell.text)])
      const line = cells[0]?.line ?? 0
      const earlier = whole.get(key)
      if (earlier === undefined) whole.set(key, line)
      else {
        const problem = `and the whole row repeat line ${earlier}, within subject ${block.id}`
        const [found, column, remedy] = measured
          ? ([values, 'DV', 'take one of them away: the value counts twice'] as const)
          : ([doses, 'AMT', 'both doses are given; take one away if they are one'] as const)
        if (found.length < mostCollected) found.push(rows.refusal(column, row, problem, remedy))
      }
      if (!measured) continue
      const moment = JSON.stringify([record.time, record.endpoint, record.cmt])
      if (moments.has(moment) && earlier === undefined) {
        replicates++
        firstReplicate ||= line
      }
      moments.add(moment)
    }
  }
  const notes =
    replicates === 0
      ? []
      : [
          `${plural(replicates, 'value')} measured at the time of another of the same subject (first: line ${firstReplicate})`,
        ]
  return { values, doses, notes }
}
