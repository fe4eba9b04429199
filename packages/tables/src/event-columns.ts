import { DataError } from './data-error.ts'
import type { Cell, DelimitedText } from './delimited-text.ts'
import { nearestName } from './nearest-name.ts'

/** Columns with a meaning of their own, in the terms of NONMEM and rxode2 (DUR); matched whatever their case. */
const STANDARD = [
  'ID',
  'TIME',
  'AMT',
  'RATE',
  'DUR',
  'II',
  'ADDL',
  'SS',
  'EVID',
  'CMT',
  'DV',
  'MDV',
  'CENS',
  'LIMIT',
  'ENDPOINT',
] as const

export type StandardColumn = (typeof STANDARD)[number]

/** Other names by which the endpoint column is known. */
const ENDPOINT_NAMES: ReadonlySet<string> = new Set(['ENDPOINT', 'YTYPE', 'DVID'])

/** Where the columns of an event file stand. */
export interface EventColumns {
  readonly standard: ReadonlyMap<StandardColumn, number>
  /** Indices of all others that are not to be ignored. */
  readonly others: readonly number[]
  /** What stands in brackets behind TIME: `h` of `TIME [h]` and `Time (h)`; empty where nothing does. */
  readonly timeUnit: string
}

function standardName(header: string, renamed: ReadonlyMap<string, StandardColumn>): StandardColumn | undefined {
  const given = renamed.get(header)
  if (given !== undefined) return given
  const upper = header.toUpperCase()
  if (timeUnitOf(header) !== undefined) return 'TIME'
  return ENDPOINT_NAMES.has(upper) ? 'ENDPOINT' : STANDARD.find((name) => name === upper)
}

/** The unit in a header such as `TIME [h]` or `Time (h)`, undefined for any other. */
function timeUnitOf(header: string): string | undefined {
  if (header.slice(0, 'TIME'.length).toUpperCase() !== 'TIME') return undefined
  const rest = header.slice('TIME'.length).trim()
  const closed = (rest.startsWith('[') && rest.endsWith(']')) || (rest.startsWith('(') && rest.endsWith(')'))
  const unit = closed ? rest.slice(1, -1).trim() : ''
  return unit === '' ? undefined : unit
}

function missingColumn(text: DelimitedText, wanted: string): DataError {
  const found = text.header.map((cell) => cell.text)
  const nearest = nearestName(wanted, found)
  const suggestion = nearest === null ? '' : ` (is it ${JSON.stringify(nearest)}?)`
  return new DataError({
    file: text.file,
    position: { line: 1, column: 1 },
    problem: `there is no column ${wanted} among ${found.map((name) => JSON.stringify(name)).join(', ')}${suggestion}`,
    expected: `name the column ${wanted}`,
  })
}

/**
 * Finds the columns of an event file.
 *
 * @param columns headers that stand for a standard column, by its name.
 * @param ignored headers to leave out.
 * @throws DataError when TIME is missing, a header named here does not exist, or two stand for the same.
 */
export function eventColumns(
  text: DelimitedText,
  columns: Readonly<Partial<Record<StandardColumn, string>>>,
  ignored: readonly string[],
): EventColumns {
  const headers = new Set(text.header.map((cell) => cell.text))
  for (const name of [...Object.values(columns), ...ignored]) if (!headers.has(name)) throw missingColumn(text, name)
  const renamed = new Map<string, StandardColumn>()
  for (const name of STANDARD) {
    const header = columns[name]
    if (header !== undefined) renamed.set(header, name)
  }
  const standard = new Map<StandardColumn, number>()
  const first = new Map<StandardColumn, Cell>()
  const others: number[] = []
  for (const [index, cell] of text.header.entries()) {
    if (ignored.includes(cell.text)) continue
    const name = standardName(cell.text, renamed)
    const earlier = name === undefined ? undefined : first.get(name)
    if (earlier !== undefined)
      throw new DataError({
        file: text.file,
        position: { line: cell.line, column: cell.column },
        text: cell.text,
        problem: `and ${JSON.stringify(earlier.text)} both stand for ${name}`,
        expected: 'rename or remove one of them',
      })
    if (name === undefined) others.push(index)
    else {
      standard.set(name, index)
      first.set(name, cell)
    }
  }
  const time = first.get('TIME')
  if (time === undefined) throw missingColumn(text, 'TIME')
  return { standard, others, timeUnit: timeUnitOf(time.text) ?? '' }
}
