import { type EventRecord, isDose, type Subject } from '@cartkin/simulation'
import type { DelimitedText, DetectedEncoding } from '../cells/delimited-text.ts'
import type { EventRow } from '../records/event-row.ts'
import type { Covariate, RowBlock } from '../subjects/covariate-values.ts'
import type { CovariateRules } from '../subjects/subject-covariates.ts'

const DELIMITER_NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'TABs' }

export function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** What was found out about the file as a text. */
export function formatNotes(text: DelimitedText, encoding: DetectedEncoding | undefined): readonly string[] {
  const { format, notes } = text
  const decimal = format.decimalSeparator === ',' ? 'a decimal comma' : 'a decimal point'
  return [
    `cells are separated by ${DELIMITER_NAMES[format.delimiter]}, numbers have ${decimal}`,
    ...encodingNote(text, encoding),
    ...(format.byteOrderMark ? ['a byte order mark at the beginning was skipped'] : []),
    ...notes,
  ]
}

function encodingNote({ header, rows }: DelimitedText, encoding: DetectedEncoding | undefined): readonly string[] {
  if (encoding === undefined || encoding === 'UTF-8') return []
  if (encoding !== 'Windows-1252') return [`the text is encoded as ${encoding}`]
  const foreign = (content: string) => [...content].some((c) => (c.codePointAt(0) ?? 0) > 127)
  const cell = [header, ...rows].flat().find(({ text }) => foreign(text))
  const shown = cell === undefined ? '' : `: line ${cell.line} has ${JSON.stringify(cell.text.slice(0, 40))}`
  return [`the text is not UTF-8 and was read as Windows-1252 (Latin-1)${shown}`]
}

function count(records: readonly EventRecord[], accept: (record: EventRecord) => boolean): number {
  return records.reduce((sum, record) => sum + (accept(record) ? 1 : 0), 0)
}

/** Where times begin anew. */
export function restartNotes(
  restarts: ReadonlySet<number>,
  lineOf: (row: number) => number | undefined,
): readonly string[] {
  const [first] = restarts
  if (first === undefined) return []
  return [
    `times begin anew at ${plural(restarts.size, 'reset')} (first: line ${lineOf(first)}); runs and fits count on from there, results of rows show the times of the file`,
  ]
}

/** What stands in the file. */
export function contentNotes(subjects: readonly Subject[], rows: readonly EventRow[]): readonly string[] {
  const records = subjects.flatMap((subject) => subject.records)
  const observed = count(records, ({ dv }) => dv !== undefined)
  const censored = count(records, ({ cens }) => cens !== undefined)
  const asked = count(records, ({ mdv }) => mdv === true)
  const negative = count(records, ({ time, dataTime = time }) => dataTime < 0)
  const limits = rows.filter(({ by }) => by === 'lower limit').length
  const above = rows.filter(({ by }) => by === 'upper limit').length
  const unused = rows.filter((row) => row.unused === true).length
  const alone = rows.filter((row) => row.intervalAlone === true).length
  const untreated = subjects.filter((subject) => !subject.records.some(isDose))
  return [
    `${plural(subjects.length, 'subject')}, ${plural(count(records, isDose), 'dose')}, ${plural(observed, 'observation')}${censored > 0 ? ` (${censored} censored)` : ''}`,
    ...(limits > 0 ? [`${plural(limits, 'value')} below LLOQ are censored at it`] : []),
    ...(above > 0 ? [`${plural(above, 'value')} above ULOQ are censored at it`] : []),
    ...(asked > 0 ? [`${plural(asked, 'observation row')} without a value ask for predictions only`] : []),
    ...(alone > 0 ? [`II without ADDL or SS means nothing in ${plural(alone, 'row')}`] : []),
    ...(untreated.length > 0 && untreated.length < subjects.length
      ? [`${plural(untreated.length, 'subject')} without a dose (first: ${untreated[0]?.id})`]
      : []),
    ...(unused > 0 ? [`${plural(unused, 'value')} in rows with MDV 1 are not used`] : []),
    ...(negative > 0 ? [`${plural(negative, 'row')} before time 0`] : []),
  ]
}

/** Texts with how often each was found, the most frequent first. */
export function tallyText(tally: ReadonlyMap<string, number>): string {
  return [...tally]
    .toSorted(([, a], [, b]) => b - a)
    .map(([token, times]) => `${token === '' ? 'empty cells' : JSON.stringify(token)} (${times})`)
    .join(', ')
}

/** Which covariates change with time, and how. */
export function changingNotes(covariates: readonly Covariate[], rules: CovariateRules): readonly string[] {
  const changing = covariates.flatMap(({ name, changes }) => {
    const subjects = changes.filter((rows) => rows !== null).length
    return subjects === 0 ? [] : [`${name} (in ${plural(subjects, 'subject')})`]
  })
  const way =
    rules === 'nonmem'
      ? 'a value holds back to the row before, as in NONMEM'
      : 'a value holds until the next row, as in rxode2'
  return changing.length === 0 ? [] : [`covariates that change with time: ${changing.join(', ')}; ${way}`]
}

/** What became of the columns without a standard meaning. */
export function covariateNotes(
  covariates: readonly Covariate[],
  textColumns: readonly string[],
  blocks: readonly RowBlock[],
  levels: ReadonlyMap<string, readonly string[]> | undefined,
): readonly string[] {
  const notes: string[] = []
  if (covariates.length > 0) notes.push(`covariates: ${covariates.map(({ name }) => name).join(', ')}`)
  for (const { name, values } of covariates) {
    const without = blocks.filter((_, i) => values[i] === null)
    if (without.length > 0)
      notes.push(`covariate ${name} is missing in ${plural(without.length, 'subject')} (first: ${without[0]?.id})`)
  }
  for (const { name, values, furtherLevels } of covariates) {
    if (furtherLevels.length === 0) continue
    const known = levels?.get(name) ?? []
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
