import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { parseNumber } from '../cells/parse-number.ts'
import type { EventColumns } from '../columns/event-columns.ts'
import { plural } from './event-notes.ts'

/** Columns that may make more than one moment of a time. */
const dates = ['DATE', 'DAT1', 'DAT2', 'DAT3'] as const

/**
 * A file may hold the rows of a subject endpoint by endpoint, and its doses, each in the order of their times: they are put in
 * the order of time, those of one time in the order of the file. Everything else is left as it is, and so are files with
 * dates or with events other than doses and observations, whose order has a meaning of its own.
 */
export function endpointsInTime(
  text: DelimitedText,
  { standard }: EventColumns,
  endpoint: number | undefined,
): { readonly text: DelimitedText; readonly notes: readonly string[] } {
  const time = standard.get('TIME')
  const id = standard.get('ID')
  if (endpoint === undefined || time === undefined || dates.some((name) => standard.has(name)))
    return { text, notes: [] }
  const numberAt = (cells: readonly Cell[], column: number | undefined) =>
    parseNumber((column === undefined ? undefined : cells[column]?.text) ?? '', text.format.decimalSeparator) ?? 0
  const [evid, amt] = [standard.get('EVID'), standard.get('AMT')]
  if (text.rows.some((cells) => ![0, 1].includes(numberAt(cells, evid)))) return { text, notes: [] }
  const isGiven = (cells: readonly Cell[]) => numberAt(cells, evid) === 1 || numberAt(cells, amt) > 0
  const rows: (readonly Cell[])[] = []
  let sorted = 0
  for (let from = 0; from < text.rows.length; ) {
    const own = id === undefined ? '' : text.rows[from]?.[id]?.text
    let to = from + 1
    while (to < text.rows.length && (id === undefined || text.rows[to]?.[id]?.text === own)) to++
    const block = text.rows.slice(from, to).map((cells) => ({
      cells,
      time: parseNumber(cells[time]?.text ?? '', text.format.decimalSeparator) ?? Number.NaN,
      stream: isGiven(cells) ? null : (cells[endpoint]?.text ?? ''),
    }))
    const isSorted = block.every((row, k) => k === 0 || row.time >= (block[k - 1]?.time ?? 0))
    if (!isSorted && areSortedWithin(block)) {
      block.sort((a, b) => a.time - b.time)
      sorted++
    }
    rows.push(...block.map(({ cells }) => cells))
    from = to
  }
  if (sorted === 0) return { text, notes: [] }
  const header = text.header[endpoint]?.text ?? ''
  return {
    text: { ...text, rows },
    notes: [
      `the rows of ${plural(sorted, 'subject')} stand one value of ${header} after the other; they were put in the order of time`,
    ],
  }
}

/** Whether the rows of each endpoint, and the doses (null), are in the order of time, and every row has one. */
function areSortedWithin(block: readonly { readonly time: number; readonly stream: string | null }[]): boolean {
  const last = new Map<string | null, number>()
  return block.every(({ time, stream }) => {
    const before = last.get(stream) ?? Number.NEGATIVE_INFINITY
    last.set(stream, time)
    return time >= before
  })
}
