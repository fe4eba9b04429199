import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { parseNumber } from '../cells/parse-number.ts'
import type { EventColumns } from '../columns/event-columns.ts'
import { plural } from './event-notes.ts'

/** Where any of these may say what is done to a subject, the order of the rows has a meaning of its own. */
const ordering = [
  'EVID',
  'MDV',
  'AMT',
  'RATE',
  'DUR',
  'II',
  'ADDL',
  'SS',
  'CMT',
  'DATE',
  'DAT1',
  'DAT2',
  'DAT3',
] as const

/**
 * A file of measurements alone may hold the rows of a subject endpoint by endpoint, each in the order of its times: they
 * are put in the order of time, those of one time in the order of the file. Everything else is left as it is.
 */
export function endpointsInTime(
  text: DelimitedText,
  { standard }: EventColumns,
  endpoint: number | undefined,
): { readonly text: DelimitedText; readonly notes: readonly string[] } {
  const time = standard.get('TIME')
  const id = standard.get('ID')
  if (endpoint === undefined || time === undefined || ordering.some((name) => standard.has(name)))
    return { text, notes: [] }
  const rows: (readonly Cell[])[] = []
  let sorted = 0
  for (let from = 0; from < text.rows.length; ) {
    const own = id === undefined ? '' : text.rows[from]?.[id]?.text
    let to = from + 1
    while (to < text.rows.length && (id === undefined || text.rows[to]?.[id]?.text === own)) to++
    const block = text.rows.slice(from, to).map((cells) => ({
      cells,
      time: parseNumber(cells[time]?.text ?? '', text.format.decimalSeparator) ?? Number.NaN,
      endpoint: cells[endpoint]?.text ?? '',
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

/** Whether the rows of each endpoint are in the order of time, and every row has one. */
function areSortedWithin(block: readonly { readonly time: number; readonly endpoint: string }[]): boolean {
  const last = new Map<string, number>()
  return block.every(({ time, endpoint }) => {
    const before = last.get(endpoint) ?? Number.NEGATIVE_INFINITY
    last.set(endpoint, time)
    return time >= before
  })
}
