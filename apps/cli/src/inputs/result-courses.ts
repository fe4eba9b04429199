import type { Column, ColumnTable, ObservedCourse } from '@cartkin/simulation'
import { BadInput, Misuse } from '../failure.ts'

/** Courses of a table, with the units that its columns say. */
export interface ResultCourses {
  readonly courses: readonly ObservedCourse[]
  readonly timeUnit: string
  readonly unitOf: (quantity: string) => string
}

type NumberColumn = Extract<Column, { readonly kind: 'number' }>

/**
 * The courses in a table of results: columns `time`, one per quantity, and `id` or `subject` where there are several; or the
 * long form with a column `quantity` and the values in the column `value`.
 *
 * @param wanted quantities; empty where none is named, and then there must be one alone.
 * @param value column of the values in the long form.
 */
export function resultCourses(
  { columns }: ColumnTable,
  wanted: readonly string[],
  value: string | undefined,
  path: string,
): ResultCourses {
  const named = (...names: readonly string[]) => columns.find(({ name }) => names.includes(name))
  const time = named('time')
  if (time?.kind !== 'number') throw new BadInput(`${path}: has no column time of numbers`)
  const ids = textsOf(named('id', 'subject'), time.values.length)
  const kinds = columns.find((column) => column.name === 'quantity' && column.kind === 'text')
  const numbers = columns.filter(
    (column): column is NumberColumn => column.kind === 'number' && !['time', 'id', 'subject'].includes(column.name),
  )
  const column = (name: string) => {
    const found = numbers.find((candidate) => candidate.name === name)
    if (!found)
      throw new Misuse(`${path}: there is no column ${name}; it has ${numbers.map((other) => other.name).join(', ')}`)
    return found
  }
  if (kinds?.kind === 'text') {
    if (value === undefined)
      throw new Misuse(
        `${path}: say which column holds the values with --value; it has ${numbers.map(({ name }) => name).join(', ')}`,
      )
    const values = column(value)
    const present = [...new Set(kinds.values)]
    checkKnown(wanted, present, path)
    const chosen = wanted.length > 0 ? wanted : present
    return {
      courses: chosen.flatMap((quantity) =>
        grouped(ids, time, values, quantity, (row) => kinds.values[row] === quantity),
      ),
      timeUnit: time.unit,
      unitOf: () => values.unit,
    }
  }
  if (value !== undefined) throw new Misuse(`--value is of tables with a column quantity, which ${path} has not`)
  const names = numbers.map(({ name }) => name)
  checkKnown(wanted, names, path)
  if (wanted.length === 0 && names.length !== 1)
    throw new Misuse(`${path}: say what to analyse with --quantity; it has ${names.join(', ')}`)
  const chosen = wanted.length > 0 ? wanted : names
  return {
    courses: chosen.flatMap((quantity) => grouped(ids, time, column(quantity), quantity, () => true)),
    timeUnit: time.unit,
    unitOf: (quantity) => column(quantity).unit,
  }
}

function checkKnown(wanted: readonly string[], present: readonly string[], path: string): void {
  for (const name of wanted)
    if (!present.includes(name))
      throw new Misuse(
        `${path}: there is no ${name}; it has ${present.map((other) => other || '(unnamed)').join(', ')}`,
      )
}

function textsOf(column: Column | undefined, rows: number): readonly string[] {
  if (column === undefined) return Array<string>(rows).fill('1')
  return column.kind === 'text' ? column.values : Array.from(column.values, String)
}

/** One course per subject; rows without a value (a run that ended early) are left out. */
function grouped(
  ids: readonly string[],
  time: NumberColumn,
  values: NumberColumn,
  quantity: string,
  belongs: (row: number) => boolean,
): readonly ObservedCourse[] {
  const courses = new Map<string, { time: number; value: number }[]>()
  for (const [row, id] of ids.entries()) {
    if (!belongs(row)) continue
    const series = courses.get(id) ?? []
    courses.set(id, series)
    const value = values.values[row]!
    if (!Number.isNaN(value)) series.push({ time: time.values[row]!, value })
  }
  return [...courses].map(([id, series]) => ({ id, quantity, series }))
}
