import type { Subject } from '@cartkin/simulation'
import { decodeData } from '../cells/decode-data.ts'
import type { DelimitedLimits, DetectedEncoding, DetectedFormat } from '../cells/delimited-text.ts'
import { restoreFormulaText } from '../cells/formula-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { parseDelimited } from '../cells/parse-delimited.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { type ColumnMeaning, columnMeanings } from '../columns/column-meaning.ts'
import { columnUnits } from '../columns/column-units.ts'
import { endpointColumn } from '../columns/endpoint-column.ts'
import { type EventColumns, eventColumns, type StandardColumn } from '../columns/event-columns.ts'
import { combinedError, DataError } from '../data-error.ts'
import { readRemarks, remarkNotes, withoutRemarks } from '../nonmem/nonmem-remarks.ts'
import { type EventRow, eventRows, unitsRowError } from '../records/event-row.ts'
import { timeValues } from '../records/time-values.ts'
import { continuedTimes } from '../subjects/continued-times.ts'
import { covariateValues } from '../subjects/covariate-values.ts'
import { subjectBlocks } from '../subjects/subject-blocks.ts'
import { type CovariateRules, subjectWithCovariates } from '../subjects/subject-covariates.ts'
import { checkCells } from './check-cells.ts'
import { checkOrder } from './check-order.ts'
import { endpointsInTime } from './endpoints-in-time.ts'
import { changingNotes, contentNotes, covariateNotes, formatNotes, plural, restartNotes } from './event-notes.ts'
import { withoutMarkedRows } from './marked-rows.ts'
import { tokenNotes, withoutDeclared } from './missing-tokens.ts'
import { repeatedRows } from './repeated-rows.ts'
import { similarIds } from './similar-ids.ts'
import { suspectNumbers } from './suspect-numbers.ts'

export interface EventDataOptions {
  /** Headers of columns that go by another name: `{ TIME: 'day', DV: 'copies' }`. */
  readonly columns?: Readonly<Partial<Record<StandardColumn, string>>>
  /** Headers to leave out. */
  readonly ignore?: readonly string[]
  /**
   * Columns of texts that are to become codes: `levels[k]` becomes k + 1; a text that is not among them gets a code after
   * theirs, and is told in the notes. Other columns of texts are left out.
   */
  readonly levels?: ReadonlyMap<string, readonly string[]>
  /** How covariates change from row to row where the model does not say it; 'nonmem' if absent. */
  readonly rules?: CovariateRules
  /** Further texts that stand for no value, such as `-99`, in every column but ID. */
  readonly missing?: readonly string[]
  /** Lower limits of quantification by endpoint, where no column LLOQ says one; that of `''` is for all others. */
  readonly lloq?: ReadonlyMap<string, number>
  /** Whether DV holds natural logarithms; a column LNDV in place of DV says so, too. Defaults to false. */
  readonly logarithmic?: boolean
  /** Defaults to what the numbers say. */
  readonly decimalSeparator?: '.' | ','
  /** Whether a measured value that stands twice, cell by cell, is a fault rather than a doubt; defaults to false. */
  readonly strict?: boolean
  readonly limits?: DelimitedLimits
  /** Is told now and then how many rows have been taken apart. */
  readonly onRows?: (rows: number) => void
}

/** Subjects of an event file, and what was understood on the way. */
export interface EventData {
  readonly subjects: readonly Subject[]
  /** Names of the covariates; a subject's values are among its `parameters`, those that change in its `covariates`, too. */
  readonly covariates: readonly string[]
  /** What was detected, inferred, left out: sentences to be shown. */
  readonly notes: readonly string[]
  /** What may be wrong without keeping the file from being read; told in the notes, too. */
  readonly doubts: readonly DataError[]
  readonly format: DetectedFormat
  /** Undefined where the reader was given a text. */
  readonly encoding: DetectedEncoding | undefined
  readonly columns: readonly ColumnMeaning[]
  /** The unit of the times that the file says, `h` of `TIME [h]`; empty where it says none. Numbers are not converted. */
  readonly timeUnit: string
  /** Other units that the file says: of amounts (`AMT`), of all values (`DV`), or of those of an endpoint by its text. */
  readonly units: ReadonlyMap<string, string>
  /** Whether the file has a standard column. */
  has(column: StandardColumn): boolean
  /** Says, at its cell, that a subject's first row has no value of a covariate; undefined where it has one. */
  missingAtStart(subject: number, covariate: string): DataError | undefined
  /** The line of the file that a subject's record (both counted from 0) stands in. */
  lineOf(subject: number, record: number): number
  /** Refuses a subject's record (both counted from 0) at its cell of a column, which is TIME where the file lacks it. */
  refusal(subject: number, record: number, column: StandardColumn, problem: string, expected: string): DataError
}

/** What came of reading an event file. */
export interface EventDataCheck {
  /** Undefined where anything is refused. */
  readonly data: EventData | undefined
  /** Everything that is refused, in the order of the lines. */
  readonly errors: readonly DataError[]
  readonly doubts: readonly DataError[]
  /** What was understood, as far as the reader came. */
  readonly notes: readonly string[]
}

/** Most faults, and most doubts of a kind, that are collected. */
const mostCollected = 1000

/** How many doubts are told in the notes. */
const mostDoubts = 20

/**
 * Reads event data as `readEventData` does, and says all that is wrong with it.
 *
 * @param file name used in messages.
 */
export function checkEventData(
  source: string | Uint8Array,
  file: string,
  options: EventDataOptions = {},
): EventDataCheck {
  const errors: DataError[] = []
  const doubts: DataError[] = []
  const notes: string[] = []
  const report = (error: DataError) => {
    if (errors.length >= mostCollected)
      throw new DataError({
        file,
        problem: `has more than ${mostCollected} faults`,
        expected: 'mend these first; a wrong delimiter or a shifted column makes many at once',
      })
    errors.push(error)
  }
  try {
    const data = understood(source, file, options, { report, doubts, notes })
    return { data: errors.length === 0 ? data : undefined, errors: byLine(errors), doubts, notes }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return { data: undefined, errors: byLine([...errors, error, ...error.others]), doubts, notes }
  }
}

function byLine(errors: readonly DataError[]): readonly DataError[] {
  const [line, column] = [(e: DataError) => e.position?.line ?? 0, (e: DataError) => e.position?.column ?? 0]
  return errors.toSorted((a, b) => line(a) - line(b) || column(a) - column(b))
}

/**
 * Reads event data in the manner of NONMEM. Columns by name, whatever their case: TIME (needed; `TIME [h]` or a column
 * TIMEUNIT says its unit), ID (else one subject `1`), EVID (else 1 where AMT is above 0; event numbers of the first RxODE from
 * 101 are read, too), AMT, RATE, DUR, II, ADDL, SS, CMT, DV (else LIDV, CONC, Y, or LNDV with natural logarithms), MDV, CENS,
 * LIMIT, LLOQ and ULOQ (values beyond are censored), and one of ENDPOINT, YTYPE, DVID, Y_ID, NAME for what was measured. Any other
 * column of numbers is a covariate, which may change from row to row.
 *
 * Empty cells, `.` and `NA` are missing; `<0.1` and BLQ in DV are censored at their limit. Times keep their sign and unit,
 * rows their order; clock times and timestamps become hours since the first record of the subject. CMT and the endpoint keep
 * their text (a number stands for whatever the caller's model numbers so); CMT 0 counts as absent. An EVID 0 row without DV
 * asks for a prediction (`mdv`); a DV other than 0 in any other row is refused. Lines that begin with `#` or `@`, and rows
 * with a mark in a column C, are left out. All of this is told in the notes.
 *
 * @param source bytes, whose encoding is detected, or a text.
 * @param file name used in messages.
 * @throws DataError with line, column and header for everything that cannot be taken as it stands: the first of it, with
 *   the rest in `others`.
 */
export function readEventData(source: string | Uint8Array, file: string, options: EventDataOptions = {}): EventData {
  const { data, errors, doubts } = checkEventData(source, file, options)
  const error = errors.length === 0 ? undefined : combinedError([...errors, ...doubts])
  if (data === undefined || error !== undefined)
    throw error ?? new DataError({ file, problem: 'cannot be read', expected: 'event data are needed' })
  return data
}

interface Told {
  readonly report: (error: DataError) => void
  readonly doubts: DataError[]
  readonly notes: string[]
}

function understood(
  source: string | Uint8Array,
  file: string,
  options: EventDataOptions,
  { report, doubts, notes }: Told,
): EventData {
  const decoded = typeof source === 'string' ? undefined : decodeData(source, file)
  const content = typeof source === 'string' ? source : (decoded?.text ?? '')
  const parsed = parseDelimited(content, file, {
    comments: true,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.decimalSeparator === undefined ? {} : { decimalSeparator: options.decimalSeparator }),
    ...(options.onRows === undefined ? {} : { onRows: options.onRows }),
  })
  const remarks = readRemarks(content, file)
  const whole = remarks === null ? parsed : withoutRemarks(parsed, remarks)
  if (remarks !== null) notes.push(...remarkNotes(remarks))
  notes.push(...formatNotes(whole, decoded?.encoding))
  const columns = eventColumns(whole, options.columns ?? {}, options.ignore ?? [])
  notes.push(...columns.notes)
  const logarithmic = columns.logarithmic || options.logarithmic === true
  if (logarithmic)
    notes.push('values are natural logarithms (LLOQ and LIMIT as well); the records hold their exponentials')
  const marked = withoutMarkedRows(withoutDeclared(whole, columns, options.missing ?? [], notes), columns.marks)
  notes.push(...marked.notes)
  const kept = marked.text
  const others = columns.others.filter((index) => !marked.marks || index !== columns.marks)
  notes.push(...tokenNotes(kept, columns))
  const unitsRow = unitsRowError(kept, columns)
  if (unitsRow !== undefined) throw unitsRow
  const endpoint = endpointColumn(kept, columns)
  const ordered = endpointsInTime(kept, columns, endpoint.index)
  const text = ordered.text
  notes.push(...endpoint.notes, ...ordered.notes)
  const rows = eventRows(text, columns, { endpoint: endpoint.index, lloq: options.lloq ?? new Map(), logarithmic })
  if (rows.classic > 0)
    notes.push(
      `EVID holds event numbers of the first RxODE (101 is a dose into state 1): ${plural(rows.classic, 'row')}`,
    )
  const hasId = columns.standard.has('ID')
  const blocks = subjectBlocks(rows, text.rows.length, hasId, report)
  const times = timeValues(text, columns, blocks, report)
  const measures = (row: number) => {
    const evid = rows.textAt('EVID', row)
    const amount = parseNumber(rows.textAt('AMT', row) ?? '', text.format.decimalSeparator) ?? 0
    return evid === null ? !(amount > 0) : parseNumber(evid) === 0
  }
  const units = columnUnits(
    text,
    columns,
    (row) => (measures(row) ? (rows.textAt('ENDPOINT', row) ?? 'DV') : 'AMT'),
    report,
  )
  const isReset = (row: number) => [3, 4].includes(parseNumber(rows.textAt('EVID', row) ?? '') ?? 0)
  const { values: running, restarts } = continuedTimes(blocks, times.values, isReset)
  const timeUnit = times.unit || units.time || (remarks?.timeUnit ?? '')
  notes.push(...times.notes, ...(timeUnit === '' ? [] : [`times are in ${timeUnit}`]))
  if (units.others.size > 0)
    notes.push(`units: ${[...units.others].map(([name, unit]) => `${name} ${unit}`).join(', ')}`)
  const bad = checkCells(text, [...columns.standard.values(), ...others], numbersOf(columns), report)
  const read = text.rows.map((_, row): EventRow | undefined => {
    const dataTime = times.values[row] ?? null
    const time = running[row] ?? null
    if (bad.has(row) || (time === null && !isMissing(rows.cell('TIME', row)?.text ?? ''))) return undefined
    try {
      const found = rows.read(row, time)
      return dataTime === null || dataTime === time ? found : { ...found, record: { ...found.record, dataTime } }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      report(error)
      return undefined
    }
  })
  for (const block of blocks) checkOrder(block, times.values, restarts, rows, report)
  const promised = read.flatMap((row, index) => (row?.promised === true ? [index] : []))
  doubts.push(
    ...promised
      .slice(0, mostCollected)
      .map((row) => rows.refusal('DV', row, 'is no value, but MDV is 0', 'give the value, or set MDV to 1')),
  )
  const repeated = repeatedRows(text, rows, blocks, read)
  if (options.strict === true) for (const error of repeated.values) report(error)
  else doubts.push(...repeated.values)
  doubts.push(
    ...similarIds(blocks, rows),
    ...repeated.doses,
    ...suspectNumbers(text, [...valueColumns(columns), ...others]),
  )
  const { covariates, textColumns } = covariateValues(
    text,
    others.filter((index) => index !== endpoint.index),
    blocks,
    options.levels,
  )
  const rules = options.rules ?? (remarks?.valuesHoldForward ? 'rxode2' : 'nonmem')
  const subjects = blocks.map((block, i): Subject => {
    const records = read.slice(block.from, block.to).flatMap((row) => (row === undefined ? [] : [row.record]))
    return subjectWithCovariates({ id: restoreFormulaText(block.id), records }, i, covariates, rules)
  })
  notes.push(
    ...(hasId ? [] : ['there is no column ID: all rows belong to subject 1']),
    ...(columns.standard.has('EVID')
      ? []
      : ['there is no column EVID: rows with AMT above 0 are doses, all others observations']),
    ...restartNotes(restarts, (row) => rows.cell('TIME', row)?.line),
    ...contentNotes(
      subjects,
      read.flatMap((row) => (row === undefined ? [] : [row])),
    ),
    ...repeated.notes,
    ...covariateNotes(covariates, textColumns, blocks, options.levels),
    ...changingNotes(covariates, rules),
    ...doubts.slice(0, mostDoubts).map((doubt) => doubt.message),
    ...(doubts.length > mostDoubts ? [`and ${doubts.length - mostDoubts} more of that kind`] : []),
  )
  const meaning = columnMeanings(columns, endpoint.index, new Set(textColumns), others)
  return {
    subjects,
    covariates: covariates.map(({ name }) => name),
    notes,
    doubts,
    format: text.format,
    encoding: decoded?.encoding,
    columns: text.header.map((cell, index) => {
      const found = meaning(index, cell.text)
      return { header: cell.text, meaning: found, unit: found === 'TIME' ? timeUnit : (units.others.get(found) ?? '') }
    }),
    timeUnit,
    units: units.others,
    has: (column) => columns.standard.has(column) || (column === 'ENDPOINT' && endpoint.index !== undefined),
    missingAtStart: (subject, name) => covariates.find((covariate) => covariate.name === name)?.missingAtStart(subject),
    lineOf: (subject, record) => text.rows[(blocks[subject]?.from ?? 0) + record]?.[0]?.line ?? 0,
    refusal: (subject, record, column, problem, expected) =>
      rows.refusal(column, (blocks[subject]?.from ?? 0) + record, problem, expected),
  }
}

/** Standard columns but ID and TIME. */
function valueColumns({ standard }: EventColumns): readonly number[] {
  return [...standard].filter(([name]) => name !== 'ID' && name !== 'TIME').map(([, index]) => index)
}

/** Columns that hold nothing but numbers, but for those that are looked at elsewhere (TIME, DV). */
function numbersOf({ standard }: EventColumns): ReadonlyMap<StandardColumn, number> {
  const names = ['AMT', 'RATE', 'DUR', 'II', 'ADDL', 'SS', 'EVID', 'MDV', 'CENS', 'LIMIT', 'LLOQ', 'ULOQ'] as const
  return new Map([...standard].filter(([name]) => names.some((other) => other === name)))
}
