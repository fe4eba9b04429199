import type { Subject } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'

/** Most values of a column of numbers that each are a group; one of more values is divided at its median. */
const mostValues = 8

/**
 * The group of every subject by a column of the data: its texts, its numbers, or where it has more than eight numbers, the halves below and
 * above its median over the subjects. Subjects without a value are a group of their own. In the order of
 * the groups.
 *
 * @param texts of the column by the codes that the data hold, from 1; absent where it holds numbers.
 * @throws InputError for a column that the data do not have, or that changes within a subject.
 */
export function subjectGroups(
  subjects: readonly Subject[],
  columns: readonly string[],
  asked: string,
  texts: readonly string[] | undefined,
  file: string,
): ReadonlyMap<string, string> {
  const column = columns.find((name) => name.toLowerCase() === asked.toLowerCase())
  if (column === undefined)
    throw new InputError(
      file,
      `there is no column ${asked} to stratify by beside those of the records; ${columns.length === 0 ? 'there are none' : `there are ${columns.join(', ')}`}`,
    )
  const values = subjects.map(({ id, parameters, covariates = [] }) => {
    const own = new Set(covariates.find(({ name }) => name === column)?.values ?? [])
    if (own.size > 1)
      throw new InputError(file, `${column} changes within subject ${id}; a subject belongs to one stratum`)
    return { id, value: (Object.hasOwn(parameters, column) ? parameters[column] : undefined) ?? Number.NaN }
  })
  const known = values.flatMap(({ value }) => (Number.isNaN(value) ? [] : [value])).toSorted((a, b) => a - b)
  const isDivided = texts === undefined && new Set(known).size > mostValues
  const middle = isDivided ? medianOf(known) : Number.NaN
  const name = (value: number): string => {
    if (Number.isNaN(value)) return `no ${column}`
    if (isDivided) return `${column} ${value <= middle ? 'up to' : 'above'} ${Number(middle.toPrecision(6))}`
    return texts === undefined ? `${column} ${value}` : (texts[value - 1] ?? String(value))
  }
  // numbers ascend, texts stand as in the file; those without a value come last
  const ordered = texts === undefined ? values.toSorted((a, b) => rank(a.value) - rank(b.value)) : values
  return new Map(ordered.map(({ id, value }) => [id, name(value)]))
}

function rank(value: number): number {
  return Number.isNaN(value) ? Number.MAX_VALUE : value
}

function medianOf(sorted: readonly number[]): number {
  const place = (sorted.length - 1) / 2
  return ((sorted[Math.floor(place)] ?? Number.NaN) + (sorted[Math.ceil(place)] ?? Number.NaN)) / 2
}
