import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { DataError } from '../data-error.ts'
import type { EventColumns, StandardColumn } from './event-columns.ts'

/** Units that a file says. */
export interface ColumnUnits {
  /** Of the times; empty where the file does not say it. */
  readonly time: string
  /** Of amounts and of each endpoint (by its text, `DV` where none is named), as far as the file says them. */
  readonly others: ReadonlyMap<string, string>
}

interface UnitColumn {
  readonly name: 'TIMEUNIT' | 'DVUNIT' | 'AMTUNIT'
  /** The unit in the header of the column of values. */
  readonly header: string
  readonly of: string
}

/**
 * The units that the headers (`TIME [h]`) and the columns of units (TIMEUNIT, EVENTU, …) say. Nothing is converted.
 *
 * @param kindOf what a row gives or measures, which has one unit.
 * @param report is told of every row that says another unit than one before it.
 */
export function columnUnits(
  text: DelimitedText,
  { standard, units }: EventColumns,
  kindOf: (row: number) => string,
  report: (error: DataError) => void,
): ColumnUnits {
  const others = new Map<string, string>()
  const read = (column: UnitColumn, groupOf: (row: number) => string): ReadonlyMap<string, string> => {
    const found = new Map<string, { unit: string; cell: Cell }>()
    const index = standard.get(column.name)
    if (index === undefined) return new Map()
    for (const [row, cells] of text.rows.entries()) {
      const cell = cells[index]
      if (cell === undefined || isMissing(cell.text)) continue
      const group = groupOf(row)
      const before = found.get(group)
      const other = column.header !== '' && !sameUnit(column.header, cell.text)
      if (before === undefined && !other) found.set(group, { unit: cell.text, cell })
      else if (other || (before !== undefined && before.unit !== cell.text)) {
        const said = other
          ? `the header of ${column.of} says ${JSON.stringify(column.header)}`
          : `line ${before?.cell.line} says ${JSON.stringify(before?.unit)}`
        report(
          new DataError({
            file: text.file,
            position: { line: cell.line, column: cell.column, header: text.header[index]?.text ?? column.name },
            text: cell.text,
            problem: `is a second unit for ${group}: ${said}`,
            expected: 'convert the values, so that one column has one unit',
          }),
        )
      }
    }
    return new Map([...found].map(([group, { unit }]) => [group, unit]))
  }
  const headerUnit = (name: StandardColumn) => units.get(name) ?? ''
  const time = read({ name: 'TIMEUNIT', header: headerUnit('TIME'), of: 'TIME' }, () => 'TIME')
  for (const [group, unit] of read({ name: 'DVUNIT', header: '', of: 'DV' }, kindOf)) others.set(group, unit)
  for (const [group, unit] of read({ name: 'AMTUNIT', header: headerUnit('AMT'), of: 'AMT' }, () => 'AMT'))
    others.set(group, unit)
  for (const [name, unit] of units) if (name !== 'TIME') others.set(name, unit)
  return { time: headerUnit('TIME') || plainTime(time.get('TIME') ?? ''), others }
}

function sameUnit(a: string, b: string): boolean {
  return plainTime(a) === plainTime(b)
}

const TIME_WORDS: ReadonlyMap<string, string> = new Map([
  ['s', 's'],
  ['sec', 's'],
  ['second', 's'],
  ['seconds', 's'],
  ['min', 'min'],
  ['mins', 'min'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['h', 'h'],
  ['hr', 'h'],
  ['hrs', 'h'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['d', 'day'],
  ['day', 'day'],
  ['days', 'day'],
  ['week', 'week'],
  ['weeks', 'week'],
])

/** `h` for `Hours`, `day` for `Days`; every other text as it stands. */
function plainTime(unit: string): string {
  return TIME_WORDS.get(unit.toLowerCase()) ?? unit
}
