import { parseNumber } from '../cells/parse-number.ts'
import type { DataError } from '../data-error.ts'
import type { EventRows } from '../records/event-row.ts'
import type { RowBlock } from '../subjects/covariate-values.ts'

/** Most doubts that are collected. */
const mostCollected = 1000

/** What is left of an ID without spaces, capitals, invisible characters and the ways to write a number. */
function core(id: string): string {
  const plain = [...id.normalize('NFKC').toLowerCase()].filter((c) => !/[\s\p{Cf}]/u.test(c)).join('')
  const value = parseNumber(plain)
  return value === null ? plain : String(value)
}

/** Subjects whose IDs differ from that of an earlier one in spelling alone: `1` and `01`, `A1` and `a1 `. */
export function similarIds(
  blocks: readonly RowBlock[],
  rows: Pick<EventRows, 'cell' | 'refusal'>,
): readonly DataError[] {
  const first = new Map<string, RowBlock>()
  const doubts: DataError[] = []
  for (const block of blocks) {
    const key = core(block.id)
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, block)
    else if (earlier.id !== block.id && doubts.length < mostCollected)
      doubts.push(
        rows.refusal(
          'ID',
          block.from,
          `is another subject than ${JSON.stringify(earlier.id)} in line ${rows.cell('ID', earlier.from)?.line}`,
          'if they are one, write both alike',
        ),
      )
  }
  return doubts
}
