import { readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type EventRecord, type ObservedCourse, observedCourses } from '@cartkin/simulation'
import { type DataReading, readInput, readingOptions } from '@cartkin/studies'
import { arrowToTable, csvToTable, decodeData, readEventData } from '@cartkin/tables'
import { BadInput, Misuse } from '../failure.ts'
import type { Io } from '../io.ts'
import { resultCourses } from './result-courses.ts'

/** The courses of a file, whatever it is. */
export interface Courses {
  /** Whether it is a result rather than event data. */
  readonly isResult: boolean
  readonly courses: readonly ObservedCourse[]
  /** Records of each subject of event data; empty for results. */
  readonly records: ReadonlyMap<string, readonly EventRecord[]>
  readonly timeUnit: string
  readonly doseUnit: string
  readonly unitOf: (quantity: string) => string
}

export interface CourseReading {
  readonly quantities: readonly string[]
  readonly beside: readonly string[]
  readonly value: string | undefined
  readonly reading: DataReading
}

/** Headers, in capitals, that event data have and results do not. */
const ofEventData = ['DV', 'LIDV', 'CONC', 'LNDV', 'Y', 'AMT', 'EVID', 'MDV', 'DVID', 'YTYPE', 'Y_ID']

/**
 * Reads event data (CSV) or a result (Arrow, CSV) for analysis. A CSV is a result where it has a column `time` and none that
 * event data have.
 *
 * @param quantities those to be read; empty: all of event data, the only one of a result.
 * @param beside further ones, which may be the only ones of a result.
 * @param value column of the values in a result of the long form.
 */
export async function readCourses(
  path: string,
  { quantities, beside, value, reading }: CourseReading,
  io: Io,
): Promise<Courses> {
  await refuseFolder(path, io)
  const bytes = await readInput(resolve(io.folder, path), path)
  const none = { isResult: true, records: new Map<string, readonly EventRecord[]>(), doseUnit: '' }
  const named = [...new Set([...quantities, ...beside])]
  if (path.toLowerCase().endsWith('.arrow'))
    return { ...none, ...resultCourses(arrowToTable(bytes, path), named, value, path) }
  const text = decodeData(bytes, path).text
  const headers = (text.split(/\r?\n/, 1)[0] ?? '').split(/[,;\t]/).map((header) => header.trim().replaceAll('"', ''))
  const isResult =
    headers.includes('time') &&
    !headers.some((header) => ofEventData.includes(header.toUpperCase())) &&
    Object.keys(reading.columns ?? {}).length === 0
  if (isResult) return { ...none, ...resultCourses(csvToTable(text, path), named, value, path) }
  if (value !== undefined) throw new Misuse(`--value is of tables of results, and ${path} was read as event data`)
  const data = readEventData(bytes, path, readingOptions(reading))
  for (const note of data.notes) io.note(`${path}: ${note}\n`)
  const courses = observedCourses(data.subjects)
  const present = [...new Set(courses.map(({ quantity }) => quantity))]
  for (const name of named)
    if (!present.includes(name))
      throw new Misuse(
        `${path}: there is no ${name}; it has ${present.map((other) => other || 'one thing that it does not name').join(', ')}`,
      )
  const unit = (meaning: string) => data.columns.find((column) => column.meaning === meaning)?.unit ?? ''
  return {
    isResult: false,
    courses: quantities.length === 0 ? courses : courses.filter(({ quantity }) => named.includes(quantity)),
    records: new Map(data.subjects.map(({ id, records }) => [id, records])),
    timeUnit: data.timeUnit,
    doseUnit: unit('AMT'),
    unitOf: () => unit('DV'),
  }
}

/** Names the tables of a folder of results, of which one is to be said. */
async function refuseFolder(path: string, io: Io): Promise<void> {
  const names = await readdir(resolve(io.folder, path)).catch(() => null)
  if (names === null) return
  const tables = names.filter((name) => name.endsWith('.arrow') || name.endsWith('.csv')).sort()
  throw new BadInput(
    `${path}: is a folder; name ${tables.length === 0 ? 'a file' : `one of its tables: ${tables.join(', ')}`}`,
  )
}
