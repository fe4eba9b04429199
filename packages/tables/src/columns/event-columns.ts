import { type DateForm, dateForms } from '../cells/clock-time.ts'
import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { DataError } from '../data-error.ts'
import { nearestName } from './nearest-name.ts'

/** Columns of numbers. */
export const numberColumns = [
  'TIME',
  'AMT',
  'RATE',
  'DUR',
  'II',
  'ADDL',
  'SS',
  'EVID',
  'DV',
  'MDV',
  'CENS',
  'LIMIT',
  'LLOQ',
  'ULOQ',
] as const

/** Columns with a meaning of their own, in the terms of NONMEM and rxode2 (DUR); matched whatever their case. */
export const standardColumns = [
  'ID',
  ...numberColumns,
  'CMT',
  'ENDPOINT',
  'DATE',
  'DAT1',
  'DAT2',
  'DAT3',
  'TIMEUNIT',
  'DVUNIT',
  'AMTUNIT',
] as const

export type StandardColumn = (typeof standardColumns)[number]

/** Other names by which columns are known. */
const OTHER_NAMES: ReadonlyMap<string, StandardColumn> = new Map([
  ['YTYPE', 'ENDPOINT'],
  ['DVID', 'ENDPOINT'],
  ['Y_ID', 'ENDPOINT'],
  ['YID', 'ENDPOINT'],
  ['OBSID', 'ENDPOINT'],
  ['LOQ', 'LLOQ'],
  ['TIMEUNITS', 'TIMEUNIT'],
  ['TIMEU', 'TIMEUNIT'],
  ['TUNIT', 'TIMEUNIT'],
  ['TIME_UNIT', 'TIMEUNIT'],
  ['EVENTU', 'DVUNIT'],
  ['DVU', 'DVUNIT'],
  ['DV_UNIT', 'DVUNIT'],
  ['DVUNITS', 'DVUNIT'],
  ['UNIT', 'DVUNIT'],
  ['UNITS', 'DVUNIT'],
  ['AMTU', 'AMTUNIT'],
  ['AMT_UNIT', 'AMTUNIT'],
  ['AMTUNITS', 'AMTUNIT'],
  ['DOSEUNIT', 'AMTUNIT'],
  ['DOSEU', 'AMTUNIT'],
])

/** Columns that hold the measured values where there is no DV; natural logarithms in the last. */
const VALUES: readonly string[] = ['LIDV', 'CONC', 'Y', 'LNDV']

/** Columns that say whose a row is where there is no ID, in this order. */
const SUBJECTS: readonly string[] = [
  'USUBJID',
  'SUBJID',
  'SUBJECT',
  'SUBJECTID',
  'SUBJECT_ID',
  'PATIENT',
  'PATIENTID',
  'PATIENT_ID',
  'PTID',
]

/** Columns that hold the times where there is no TIME, with the unit that their name says. */
const TIMES: readonly (readonly [header: string, unit: string])[] = [
  ['DAY', 'day'],
  ['DAYS', 'day'],
  ['TIME_DAY', 'day'],
  ['TIME_DAYS', 'day'],
  ['TIME_D', 'day'],
  ['HOURS', 'h'],
  ['TIME_HOURS', 'h'],
  ['TIME_HR', 'h'],
  ['TIME_H', 'h'],
]

/** Where the columns of an event file stand. */
export interface EventColumns {
  readonly standard: ReadonlyMap<StandardColumn, number>
  /** Indices of all others that are not to be ignored. */
  readonly others: readonly number[]
  /** The order of the dates in the column of times, where these are those of a column of dates. */
  readonly timeForm: DateForm | undefined
  /** What stands in brackets behind TIME: `h` of `TIME [h]` and `Time (h)`; empty where nothing does. */
  readonly timeUnit: string
  /** What stands in brackets behind the names of other columns with a unit. */
  readonly units: ReadonlyMap<StandardColumn, string>
  /** Whether DV holds natural logarithms. */
  readonly logarithmic: boolean
  /** Index of a column C or IGNORE, whose marks may leave rows out. */
  readonly marks: number | undefined
  /** Index of a column NAME, whose texts may say what was measured. */
  readonly name: number | undefined
  /** What was inferred, as sentences. */
  readonly notes: readonly string[]
}

const WITH_UNIT: ReadonlySet<string> = new Set(['TIME', 'DV', 'LIDV', 'CONC', 'Y', 'AMT', 'LLOQ', 'ULOQ', 'LIMIT'])

interface Heading {
  /** In capitals, without its unit. */
  readonly name: string
  readonly unit: string
}

/** `TIME [h]` and `Time (h)` as a name and a unit; every other header as a name alone. */
function headingOf(header: string): Heading {
  const upper = header.toUpperCase()
  for (const [open, close] of [
    ['[', ']'],
    ['(', ')'],
  ] as const) {
    const at = header.indexOf(open)
    if (at < 0 || !header.endsWith(close)) continue
    const name = upper.slice(0, at).trim()
    const unit = header.slice(at + 1, -1).trim()
    if (WITH_UNIT.has(name) && unit !== '') return { name, unit }
  }
  return { name: upper, unit: '' }
}

/** The standard column that a header names, or that `given` has for it. */
export function standardNamed(header: string, given: ReadonlyMap<string, string>): StandardColumn | undefined {
  const { name } = headingOf(header)
  const wanted = given.get(header) ?? name
  return standardColumns.find((known) => known === wanted) ?? OTHER_NAMES.get(name)
}

function missingColumn(text: DelimitedText, wanted: string): DataError {
  const found = text.header.map((cell) => cell.text)
  const nearest = nearestName(wanted, found)
  const suggestion = nearest === null ? '' : ` (is it ${JSON.stringify(nearest)}?)`
  return new DataError({
    file: text.file,
    position: { line: text.header[0]?.line ?? 1, column: 1 },
    problem: `there is no column ${wanted} among ${found.map((name) => JSON.stringify(name)).join(', ')}${suggestion}`,
    expected: `name the column ${wanted}`,
  })
}

function bothStand(text: DelimitedText, cell: Cell, earlier: Cell, name: string): DataError {
  return new DataError({
    file: text.file,
    position: { line: cell.line, column: cell.column },
    text: cell.text,
    problem: `and ${JSON.stringify(earlier.text)} both stand for ${name}`,
    expected: 'rename or remove one of them',
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
  for (const name of standardColumns) {
    const header = columns[name]
    if (header !== undefined) renamed.set(header, name)
  }
  const standard = new Map<StandardColumn, number>()
  const units = new Map<StandardColumn, string>()
  const others = new Map<string, number[]>()
  for (const [index, cell] of text.header.entries()) {
    if (ignored.includes(cell.text)) continue
    const heading = headingOf(cell.text)
    const name =
      renamed.get(cell.text) ?? standardColumns.find((known) => known === heading.name) ?? OTHER_NAMES.get(heading.name)
    if (name === undefined) {
      others.set(heading.name, [...(others.get(heading.name) ?? []), index])
      continue
    }
    const earlier = standard.get(name)
    if (earlier !== undefined) throw bothStand(text, cell, text.header[earlier]!, name)
    standard.set(name, index)
    if (heading.unit !== '') units.set(name, heading.unit)
  }
  const notes: string[] = []
  const headerAt = (index: number) => text.header[index]?.text ?? ''
  const take = (header: string): number | undefined => {
    const [index, second] = others.get(header) ?? []
    return second === undefined ? index : undefined
  }
  const move = (name: StandardColumn, header: string, index: number, says: string) => {
    standard.set(name, index)
    others.set(
      header,
      (others.get(header) ?? []).filter((other) => other !== index),
    )
    notes.push(`there is no column ${name}: ${says} ${headerAt(index)}`)
  }
  const subject = standard.has('ID') ? undefined : SUBJECTS.find((header) => take(header) !== undefined)
  if (subject !== undefined) move('ID', subject, take(subject) ?? 0, 'subjects are told apart by')
  const isDated = dateForms.some((name) => standard.has(name))
  const [clock, unit] =
    (standard.has('TIME') || isDated ? undefined : TIMES.find(([header]) => take(header) !== undefined)) ?? []
  if (clock !== undefined && unit !== undefined) {
    move('TIME', clock, take(clock) ?? 0, 'the times are those of')
    units.set('TIME', unit)
  }
  let timeForm: DateForm | undefined
  if (!standard.has('TIME')) {
    timeForm = dateForms.find((name) => standard.has(name))
    const index = timeForm === undefined ? undefined : standard.get(timeForm)
    if (timeForm === undefined || index === undefined) throw missingColumn(text, 'TIME')
    standard.delete(timeForm)
    standard.set('TIME', index)
    notes.push(`there is no column TIME: the times are those of ${headerAt(index)}`)
  }
  let logarithmic = false
  if (!standard.has('DV')) {
    const found = VALUES.flatMap((header) => others.get(header) ?? [])
    const [index, second] = found
    if (index !== undefined && second !== undefined && headingOf(headerAt(second)).name !== 'LNDV')
      throw bothStand(text, text.header[second]!, text.header[index]!, 'DV (say which with a name for DV)')
    if (index !== undefined) {
      const heading = headingOf(headerAt(index))
      logarithmic = heading.name === 'LNDV'
      standard.set('DV', index)
      if (heading.unit !== '') units.set('DV', heading.unit)
      others.set(
        heading.name,
        (others.get(heading.name) ?? []).filter((other) => other !== index),
      )
      notes.push(`there is no column DV: the measured values are those of ${headerAt(index)}`)
    }
  }
  return {
    standard,
    others: [...others.values()].flat().sort((a, b) => a - b),
    timeForm,
    timeUnit: units.get('TIME') ?? '',
    units,
    logarithmic,
    marks: take('C') ?? take('IGNORE'),
    name: standard.has('ENDPOINT') ? undefined : take('NAME'),
    notes,
  }
}
