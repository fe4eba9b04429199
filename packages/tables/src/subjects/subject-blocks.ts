import type { DataError } from '../data-error.ts'
import type { EventRows } from '../records/event-row.ts'
import type { RowBlock } from './covariate-values.ts'

/**
 * The rows of each subject.
 *
 * @param rows of which `count` are there.
 * @param report is told of a missing id, and of rows of a subject that another's stand between.
 */
export function subjectBlocks(
  rows: Pick<EventRows, 'cell' | 'textAt' | 'refusal'>,
  count: number,
  hasId: boolean,
  report: (error: DataError) => void,
): readonly RowBlock[] {
  if (!hasId) return [{ id: '1', from: 0, to: count }]
  const blocks: RowBlock[] = []
  const ended = new Map<string, number>()
  let from = 0
  let current: string | null = null
  for (let row = 0; row < count; row++) {
    const id = rows.textAt('ID', row)
    if (id === null) {
      report(rows.refusal('ID', row, 'is no ID', 'every row needs one'))
      continue
    }
    if (/[\t\r\n]/.test(id)) {
      report(
        rows.refusal('ID', row, 'holds a TAB or a line break', 'write the ID without it; a delimiter may be wrong'),
      )
      continue
    }
    if (id === current) continue
    if (current !== null) {
      blocks.push({ id: current, from, to: row })
      ended.set(current, rows.cell('ID', row - 1)?.line ?? 0)
    }
    const before = ended.get(id)
    if (before !== undefined)
      report(
        rows.refusal(
          'ID',
          row,
          `appears again after its rows ended in line ${before} and those of another subject followed`,
          'put the rows of a subject together, or give the second group another ID',
        ),
      )
    from = current === null ? 0 : row
    current = id
  }
  if (current !== null) blocks.push({ id: current, from, to: count })
  return blocks
}
