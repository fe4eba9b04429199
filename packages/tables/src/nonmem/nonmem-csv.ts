import type { CovariateInTime, EventRecord, Subject } from '@cartkin/simulation'
import { standardNamed } from '../columns/event-columns.ts'
import { decimalSum } from './decimal-sum.ts'
import { type CodedColumn, writeRemarks } from './nonmem-remarks.ts'

export interface NonmemOptions {
  /** Names of the compartments, in the order of their numbers; else those that occur are numbered as they appear. */
  readonly compartments?: readonly string[]
  /** Unit of the times, for the remark on their shift. */
  readonly timeUnit?: string
}

export interface NonmemCsv {
  readonly text: string
  /** What NONMEM, or who runs it, should know: sentences to be shown. */
  readonly notes: readonly string[]
}

const missing = '.'

/** One line of the data set, without ID and covariates. */
interface Row {
  readonly subject: Subject
  /** That of the data, where times begin anew. */
  readonly time: number
  readonly record: EventRecord
}

/**
 * Event data as a NONMEM data set: numbers alone, one header line that begins with `#`, and comments that also begin with
 * `#` (`$DATA … IGNORE=#`). Times before 0 are moved by the least whole number that makes all times 0 or more; texts (ID,
 * CMT, DVID) become numbers. Both are written in the comments and undone by `readEventData`, to the last bit.
 *
 * Missing values are `.`; a row of a covariate that changes in time holds its value there. Records that NONMEM has no word
 * for (EVID 5, 6, 7) are written as they are and told in the notes.
 *
 * @throws RangeError for a subject without records, for two subjects of one name, for a time that is not a number, for
 *   a covariate that goes by the name of a column or has no values at the records (midpoint).
 */
export function nonmemCsv(subjects: readonly Subject[], options: NonmemOptions = {}): NonmemCsv {
  const rows = subjects.flatMap(rowsOf)
  if (rows.length === 0) throw new RangeError('there is no record to be written')
  checkIds(subjects)
  const records = rows.map(({ record }) => record)
  const ids = codes(subjects.map(({ id }) => id))
  const compartments = codes(
    records.flatMap(({ cmt }) => (cmt === undefined ? [] : [cmt.startsWith('-') ? cmt.slice(1) : cmt])),
    options.compartments,
  )
  const endpoints = codes(records.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [endpoint])))
  const earliest = rows.reduce((least, { time }) => Math.min(least, time), 0)
  const shift = numberText(Math.ceil(-earliest))
  const uses = (wanted: (record: EventRecord) => unknown) => records.some((record) => wanted(record) !== undefined)
  const hasDuration = uses(({ duration }) => duration)
  const names = [...new Set(subjects.flatMap((subject) => covariateNames(subject)))]
  checkNames(names)
  const columns: readonly (readonly [header: string, text: (row: Row) => string])[] = [
    ['ID', ({ subject }) => ids.code(subject.id)],
    ['TIME', ({ time }) => (shift === '0' ? numberText(time) : decimalSum(numberText(time), shift))],
    ['EVID', ({ record }) => String(record.evid)],
    ['CMT', ({ record: { cmt } }) => (cmt === undefined ? missing : compartmentCode(cmt, compartments))],
    ['AMT', ({ record: { amt } }) => optional(amt)],
    ['RATE', ({ record: { amt = 0, rate, duration } }) => optional(rate ?? rateOf(amt, duration))],
    ...(hasDuration ? [['DUR', ({ record }: Row) => optional(record.duration)] as const] : []),
    ['II', ({ record: { ii } }) => optional(ii)],
    ['ADDL', ({ record: { addl } }) => optional(addl)],
    ['SS', ({ record: { ss } }) => optional(ss)],
    ['DV', ({ record: { dv } }) => optional(dv)],
    ['MDV', ({ record: { dv, mdv } }) => (dv === undefined || mdv === true ? '1' : '0')],
    ...(uses(({ cens }) => cens) ? [['CENS', ({ record }: Row) => optional(record.cens)] as const] : []),
    ...(uses(({ limit }) => limit) ? [['LIMIT', ({ record }: Row) => optional(record.limit)] as const] : []),
    ...(uses(({ lloq }) => lloq) ? [['LLOQ', ({ record }: Row) => optional(record.lloq)] as const] : []),
    ...(uses(({ endpoint }) => endpoint)
      ? [
          [
            'DVID',
            ({ record: { endpoint } }: Row) => (endpoint === undefined ? missing : endpoints.code(endpoint)),
          ] as const,
        ]
      : []),
    ...names.map((name) => [name, (row: Row) => optional(covariateAt(row, name))] as const),
  ]
  const known: readonly (readonly [CodedColumn, ReadonlyMap<string, string>])[] = [
    ['ID', ids.names],
    ['CMT', compartments.names],
    ['DVID', endpoints.names],
  ]
  const remarks = writeRemarks({
    shift,
    timeUnit: options.timeUnit ?? '',
    names: new Map(known),
    ratesFollow: hasDuration,
    valuesHoldForward: holdForward(subjects),
  })
  const lines = rows.map((row) => columns.map(([, text]) => text(row)).join(','))
  return {
    text: `${remarks}#${columns.map(([header]) => header).join(',')}\n${lines.join('\n')}\n`,
    notes: notesOf(rows, subjects, shift, hasDuration),
  }
}

/** Records, and rows without a dose where a covariate changes between them. */
function rowsOf(subject: Subject): readonly Row[] {
  const { id, records, covariates = [] } = subject
  if (records.length === 0) throw new RangeError(`subject ${id} has no record; a data set holds subjects by their rows`)
  const bad = records.findIndex(({ time }) => !Number.isFinite(time))
  if (bad >= 0) throw new RangeError(`subject ${id}, record ${bad + 1}: time ${records[bad]?.time} is not a number`)
  const times = new Set(records.map(({ time }) => time))
  const nodes = new Set(covariates.flatMap((covariate) => [...covariate.times]).filter((time) => !times.has(time)))
  const all = [...records, ...[...nodes].map((time): EventRecord => ({ time, evid: 2 }))]
  const ordered = nodes.size === 0 ? all : all.sort((a, b) => a.time - b.time)
  // what stands between records has the times of those before it
  let moved = 0
  return ordered.map((record) => {
    if (record.dataTime !== undefined) moved = record.time - record.dataTime
    return { subject, time: record.dataTime ?? record.time - moved, record }
  })
}

function covariateNames({ parameters, covariates = [] }: Subject): readonly string[] {
  return [...Object.keys(parameters), ...covariates.map(({ name }) => name)]
}

function covariateAt({ subject, record }: Row, name: string): number | undefined {
  const own = record.covariates
  if (own !== undefined && Object.hasOwn(own, name)) return own[name]
  const changing = subject.covariates?.find((covariate) => covariate.name === name)
  if (changing === undefined) return Object.hasOwn(subject.parameters, name) ? subject.parameters[name] : undefined
  return valueAt(changing, record.time, subject.id)
}

/** The value of a covariate at a time: at its nodes as given, else as it runs between them. */
function valueAt(
  { name, times, values, interpolation }: CovariateInTime,
  time: number,
  id: string,
): number | undefined {
  const after = times.findIndex((node) => node > time)
  const before = after < 0 ? times.length - 1 : after - 1
  if (before < 0) return values[0]
  const [a = 0, b = 0] = [times[before], times[after]]
  const [from = Number.NaN, to = Number.NaN] = [values[before], values[after]]
  if (after < 0 || a === time || interpolation === 'locf') return from
  if (interpolation === 'nocb') return to
  if (interpolation === 'linear') return from + ((time - a) / (b - a)) * (to - from)
  throw new RangeError(
    `subject ${id}: covariate ${name} changes midway between its values, which a row at ${time} cannot say; give it as locf`,
  )
}

interface Codes {
  /** The number of a text. */
  code(text: string): string
  /** The texts by their numbers; empty where all are numbers themselves. */
  readonly names: ReadonlyMap<string, string>
}

/** Numbers for texts: by their place among `known`, else themselves where all are whole numbers, else as they appear. */
function codes(texts: readonly string[], known?: readonly string[]): Codes {
  const distinct = [...new Set(texts)]
  const named = distinct.filter((text) => known === undefined || !known.includes(text))
  if (known === undefined ? distinct.every(isCode) : named.every(isCode) && distinct.length === named.length)
    return { code: (text) => text, names: new Map() }
  const all = known === undefined ? distinct : [...known, ...named.filter((text) => !isCode(text))]
  const numbers = new Map(all.map((text, k) => [text, String(k + 1)]))
  const used = all.filter((text) => distinct.includes(text) || distinct.includes(numbers.get(text) ?? ''))
  return {
    code: (text) => numbers.get(text) ?? text,
    names: new Map(used.map((text) => [numbers.get(text) ?? '', text])),
  }
}

function isCode(text: string): boolean {
  const value = Number(text)
  return Number.isSafeInteger(value) && value >= 1 && String(value) === text
}

function compartmentCode(cmt: string, { code }: Codes): string {
  return cmt.startsWith('-') ? `-${code(cmt.slice(1))}` : code(cmt)
}

/** Too quick for a number: a bolus. */
function rateOf(amount: number, duration: number | undefined): number | undefined {
  const rate = duration ? amount / duration : Number.NaN
  return Number.isFinite(rate) ? rate : undefined
}

function optional(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? missing : Object.is(value, -0) ? '-0' : String(value)
}

/** Times: there is one 0. */
function numberText(value: number): string {
  return value === 0 ? '0' : String(value)
}

function checkIds(subjects: readonly Subject[]): void {
  const ids = subjects.map(({ id }) => id)
  const twice = ids.find((id, k) => ids.indexOf(id) < k)
  if (twice !== undefined) throw new RangeError(`two subjects are called ${twice}; their rows could not be told apart`)
}

function checkNames(names: readonly string[]): void {
  const taken = names.find((name) => standardNamed(name, new Map()) !== undefined)
  if (taken !== undefined)
    throw new RangeError(`covariate ${taken} goes by the name of a column of event data; give it another name`)
}

/** Whether covariates are carried forward; throws a RangeError where some are and others are carried back. */
function holdForward(subjects: readonly Subject[]): boolean {
  const kinds = new Set(subjects.flatMap(({ covariates = [] }) => covariates.map(({ interpolation }) => interpolation)))
  if (kinds.has('locf') && kinds.has('nocb'))
    throw new RangeError(
      'some covariates are carried forward (locf) and some back (nocb), which one data set cannot say',
    )
  return kinds.has('locf')
}

function notesOf(
  rows: readonly Row[],
  subjects: readonly Subject[],
  shift: string,
  hasDuration: boolean,
): readonly string[] {
  const foreign = [...new Set(rows.map(({ record }) => record.evid))].filter((evid) => evid > 4).sort()
  const all = subjects.flatMap(({ covariates = [] }) => covariates)
  const between = new Set(
    all.flatMap(({ name, interpolation }) =>
      interpolation === 'linear' || interpolation === 'midpoint' ? [name] : [],
    ),
  )
  const changing = new Set(subjects.flatMap(({ covariates = [] }) => covariates.map(({ name }) => name)))
  return [
    '$DATA needs IGNORE=#',
    ...(shift === '0'
      ? []
      : [`NONMEM takes no time before 0: ${shift} was added to every TIME, as the first line says`]),
    ...(hasDuration
      ? [
          'infusions that are given by their duration have RATE = AMT/DUR; under a bioavailability other than 1 use RATE -2 and DUR',
        ]
      : []),
    ...(foreign.length === 0 ? [] : [`NONMEM has no EVID ${foreign.join(', ')}; rxode2 does`]),
    ...(changing.size === 0
      ? []
      : [`${[...changing].join(', ')} change in time; NONMEM takes the value of a row for the time up to it`]),
    ...(between.size === 0
      ? []
      : [
          `how ${[...between].join(', ')} run from row to row stands in no data set: declare it in the text of the model`,
        ]),
  ]
}
