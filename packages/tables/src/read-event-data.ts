import type { EventRecord, Subject } from '@cartkin/simulation'
import { type Covariate, covariateValues, type RowBlock } from './covariate-values.ts'
import { DataError } from './data-error.ts'
import type { DelimitedLimits, DelimitedText, DetectedFormat } from './delimited-text.ts'
import { eventColumns, type StandardColumn } from './event-columns.ts'
import { type EventRows, eventRows } from './event-row.ts'
import { restoreFormulaText } from './formula-text.ts'
import { parseDelimited } from './parse-delimited.ts'

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
  readonly limits?: DelimitedLimits
}

/** Subjects of an event file, and what was understood on the way. */
export interface EventData {
  readonly subjects: readonly Subject[]
  /** Names of the covariates; a subject's values are among its `parameters`. */
  readonly covariates: readonly string[]
  /** What was detected, inferred, left out: sentences to be shown. */
  readonly notes: readonly string[]
  readonly format: DetectedFormat
  /** The unit that the header of the times says, `h` of `TIME [h]`; empty where it says none. Nothing is converted. */
  readonly timeUnit: string
  /** Whether the file has a standard column. */
  has(column: StandardColumn): boolean
  /** Refuses a subject's record (both counted from 0) at its cell of a column, which is TIME where the file lacks it. */
  refusal(subject: number, record: number, column: StandardColumn, problem: string, expected: string): DataError
}

const DELIMITER_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'TABs' }

/** @throws DataError for a missing id, and for rows of a subject that another's stand between. */
function subjectBlocks(text: DelimitedText, rows: EventRows, hasId: boolean): readonly RowBlock[] {
  if (!hasId) return [{ id: '1', from: 0, to: text.rows.length }]
  const blocks: RowBlock[] = []
  const ended = new Map<string, number>()
  let from = 0
  let current: string | null = null
  for (let row = 0; row < text.rows.length; row++) {
    const id = rows.textAt('ID', row)
    const cell = rows.cell('ID', row)!
    const position = { line: cell.line, column: cell.column, header: 'ID' }
    if (id === null)
      throw new DataError({
        file: text.file,
        position,
        text: cell.text,
        problem: 'is no ID',
        expected: 'every row needs one',
      })
    if (id === current) continue
    if (current !== null) {
      blocks.push({ id: current, from, to: row })
      ended.set(current, rows.cell('ID', row - 1)!.line)
    }
    const before = ended.get(id)
    if (before !== undefined)
      throw new DataError({
        file: text.file,
        position,
        text: cell.text,
        problem: `appears again after its rows ended in line ${before} and those of another subject followed`,
        expected: 'put the rows of a subject together, or give the second group another ID',
      })
    current = id
    from = row
  }
  if (current !== null) blocks.push({ id: current, from, to: text.rows.length })
  return blocks
}

/** @throws DataError when time runs backwards, naming the row and both times. */
function recordsOf(text: DelimitedText, rows: EventRows, block: RowBlock): readonly EventRecord[] {
  const records: EventRecord[] = []
  for (let row = block.from; row < block.to; row++) {
    const record = rows.record(row)
    const previous = records.at(-1)
    if (previous !== undefined && record.time < previous.time) {
      const cell = rows.cell('TIME', row)!
      throw new DataError({
        file: text.file,
        position: { line: cell.line, column: cell.column, header: 'TIME' },
        text: cell.text,
        problem: `is before ${previous.time}, the time of the row above (line ${rows.cell('TIME', row - 1)!.line}), within subject ${block.id}`,
        expected: 'rows of a subject must be in the order of time',
      })
    }
    records.push(record)
  }
  return records
}

function count(records: readonly EventRecord[], accept: (record: EventRecord) => boolean): number {
  return records.reduce((sum, record) => sum + (accept(record) ? 1 : 0), 0)
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function formatNotes({ format, notes }: DelimitedText): readonly string[] {
  const decimal = format.decimalSeparator === ',' ? 'a decimal comma' : 'a decimal point'
  return [
    `cells are separated by ${DELIMITER_NAMES[format.delimiter]}, numbers have ${decimal}`,
    ...(format.byteOrderMark ? ['a byte order mark at the beginning was skipped'] : []),
    ...notes,
  ]
}

function contentNotes(subjects: readonly Subject[]): readonly string[] {
  const records = subjects.flatMap((subject) => subject.records)
  const doses = count(records, ({ evid }) => evid === 1 || evid === 4 || evid === 7)
  const observed = count(records, ({ dv }) => dv !== undefined)
  const censored = count(records, ({ cens }) => cens !== undefined)
  const asked = count(records, ({ mdv }) => mdv === true)
  const negative = count(records, ({ time }) => time < 0)
  return [
    `${plural(subjects.length, 'subject')}, ${plural(doses, 'dose')}, ${plural(observed, 'observation')}${censored > 0 ? ` (${censored} censored)` : ''}`,
    ...(asked > 0 ? [`${plural(asked, 'observation row')} without a value ask for predictions only`] : []),
    ...(negative > 0 ? [`${plural(negative, 'row')} before time 0`] : []),
  ]
}

function covariateNotes(
  covariates: readonly Covariate[],
  textColumns: readonly string[],
  blocks: readonly RowBlock[],
  options: EventDataOptions,
) {
  const notes: string[] = []
  if (covariates.length > 0) notes.push(`covariates: ${covariates.map(({ name }) => name).join(', ')}`)
  for (const { name, values } of covariates) {
    const without = blocks.filter((_, i) => values[i] === null)
    if (without.length > 0)
      notes.push(`covariate ${name} is missing in ${plural(without.length, 'subject')} (first: ${without[0]?.id})`)
  }
  for (const { name, values, furtherLevels } of covariates) {
    if (furtherLevels.length === 0) continue
    const known = options.levels?.get(name) ?? []
    const told = furtherLevels.map((level, k) => {
      const having = values.filter((value) => value === known.length + k + 1).length
      return `${JSON.stringify(level)} (${plural(having, 'subject')})`
    })
    notes.push(
      `${name} has values that the model never names: ${told.join(', ')}; it names ${known.map((level) => JSON.stringify(level)).join(', ')}`,
    )
  }
  if (textColumns.length > 0) notes.push(`columns of text were left out: ${textColumns.join(', ')}`)
  return notes
}

/**
 * Reads event data in the manner of NONMEM. Columns by name, whatever their case: TIME (needed; `TIME [h]` says its unit), ID
 * (else one subject `1`), EVID (else 1 where AMT is above 0), AMT, RATE, DUR, II, ADDL, SS, CMT, DV, MDV, CENS, LIMIT, and
 * one of ENDPOINT, YTYPE, DVID for what was measured. Any other column of numbers is a covariate, constant per subject.
 * Empty cells, `.` and `NA` are missing. Times keep their sign and unit, rows their order; CMT and the endpoint keep their
 * text (a number stands for whatever the caller's model numbers so); CMT 0 counts as absent. An EVID 0 row without DV asks
 * for a prediction (`mdv`); a DV other than 0 in any other row is refused.
 *
 * @param file name used in messages.
 * @throws DataError with line, column and header for everything that cannot be taken as it stands.
 */
export function readEventData(text: string, file: string, options: EventDataOptions = {}): EventData {
  const parsed = parseDelimited(text, file, options.limits)
  const columns = eventColumns(parsed, options.columns ?? {}, options.ignore ?? [])
  const rows = eventRows(parsed, columns)
  const hasId = columns.standard.has('ID')
  const blocks = subjectBlocks(parsed, rows, hasId)
  const records = blocks.map((block) => recordsOf(parsed, rows, block))
  const { covariates, textColumns } = covariateValues(parsed, columns.others, blocks, options.levels)
  const subjects = blocks.map((block, i): Subject => {
    const values = covariates.flatMap(({ name, values }) => {
      const value = values[i] ?? null
      return value === null ? [] : [[name, value] as const]
    })
    return { id: restoreFormulaText(block.id), records: records[i]!, parameters: Object.fromEntries(values) }
  })
  return {
    subjects,
    covariates: covariates.map(({ name }) => name),
    notes: [
      ...formatNotes(parsed),
      ...(hasId ? [] : ['there is no column ID: all rows belong to subject 1']),
      ...(columns.standard.has('EVID')
        ? []
        : ['there is no column EVID: rows with AMT above 0 are doses, all others observations']),
      ...contentNotes(subjects),
      ...covariateNotes(covariates, textColumns, blocks, options),
    ],
    format: parsed.format,
    timeUnit: columns.timeUnit,
    has: (column) => columns.standard.has(column),
    refusal: (subject, record, column, problem, expected) => {
      const row = (blocks[subject]?.from ?? 0) + record
      const name = columns.standard.has(column) ? column : 'TIME'
      const cell = rows.cell(name, row)
      const header = parsed.header[columns.standard.get(name) ?? 0]?.text ?? name
      return new DataError({
        file,
        ...(cell === undefined ? {} : { position: { line: cell.line, column: cell.column, header }, text: cell.text }),
        problem,
        expected,
      })
    },
  }
}
