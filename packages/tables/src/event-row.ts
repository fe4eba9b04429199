import type { EventRecord } from '@cartkin/simulation'
import { DataError } from './data-error.ts'
import type { Cell, DelimitedText } from './delimited-text.ts'
import type { EventColumns, StandardColumn } from './event-columns.ts'
import { isMissing } from './missing-value.ts'
import { cellColumn, numberColumn } from './number-column.ts'

type NumberName = 'TIME' | 'AMT' | 'RATE' | 'DUR' | 'II' | 'ADDL' | 'SS' | 'EVID' | 'MDV' | 'CENS' | 'LIMIT' | 'DV'

const NUMBER_NAMES: readonly NumberName[] = [
  'TIME',
  'EVID',
  'AMT',
  'RATE',
  'DUR',
  'II',
  'ADDL',
  'SS',
  'DV',
  'MDV',
  'CENS',
  'LIMIT',
]

/** Most additional doses that one row may ask for. */
const mostAdditional = 100_000

/** Reads records of an event file by row. */
export interface EventRows {
  /** Cell of a standard column, when the file has the column. */
  cell(name: StandardColumn, row: number): Cell | undefined
  /** Its text; null when the column or the value is missing. */
  textAt(name: StandardColumn, row: number): string | null
  record(row: number): EventRecord
}

/**
 * Prepares the columns of an event file for reading by rows.
 *
 * @throws DataError for text in a number column; `record` throws one for values that contradict each other.
 */
export function eventRows(text: DelimitedText, { standard }: EventColumns): EventRows {
  if (text.rows.length > 1) checkUnitsRow(text, standard)
  const numbers = new Map<NumberName, readonly (number | null)[]>()
  for (const name of NUMBER_NAMES) {
    const index = standard.get(name)
    if (index !== undefined) numbers.set(name, numberColumn(text, cellColumn(text, index)))
  }
  const numberAt = (name: NumberName, row: number): number | null => numbers.get(name)?.[row] ?? null
  const cell = (name: StandardColumn, row: number): Cell | undefined => {
    const index = standard.get(name)
    return index === undefined ? undefined : text.rows[row]?.[index]
  }
  const textAt = (name: StandardColumn, row: number): string | null => {
    const content = cell(name, row)?.text
    return content === undefined || isMissing(content) ? null : content
  }
  const refuse = (name: StandardColumn, row: number, problem: string, expected: string): never => {
    const at = cell(name, row) ?? cell('TIME', row)
    throw new DataError({
      file: text.file,
      ...(at === undefined ? {} : { position: { line: at.line, column: at.column, header: name }, text: at.text }),
      problem,
      expected,
    })
  }
  const oneOf = <T extends number>(name: NumberName, row: number, allowed: readonly T[], value: number, hint = ''): T =>
    allowed.find((other) => other === value) ??
    refuse(name, row, `is no ${name}`, `one of ${allowed.join(', ')} is needed${hint}`)

  const evidAt = (row: number): EventRecord['evid'] => {
    const amount = numberAt('AMT', row)
    const doses = amount !== null && amount > 0
    if (!standard.has('EVID')) return doses ? 1 : 0
    const value = numberAt('EVID', row)
    if (value === null) return refuse('EVID', row, 'is no EVID', 'one of 0, 1, 2, 3, 4, 7 is needed in every row')
    return oneOf(
      'EVID',
      row,
      [0, 1, 2, 3, 4, 7],
      value,
      ' (0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose, 7 dose that counts but puts nothing into its compartment)',
    )
  }

  const doseAt = (row: number): Partial<EventRecord> => {
    const amt = numberAt('AMT', row)
    if (amt === null) return refuse('AMT', row, 'is no amount, but the row is a dose (EVID 1, 4 or 7)', 'give AMT')
    if (amt < 0) refuse('AMT', row, 'is negative', 'an amount from 0 is needed')
    const rate = numberAt('RATE', row) ?? 0
    if (rate < 0 && rate !== -1 && rate !== -2)
      refuse(
        'RATE',
        row,
        'is no rate',
        'a rate above 0 is needed, 0 for a bolus, -1 for the rate(…) or -2 for the dur(…) of the model',
      )
    const duration = numberAt('DUR', row) ?? 0
    if (duration < 0) refuse('DUR', row, 'is negative', 'a duration above 0 is needed, or 0 for a bolus')
    if (rate !== 0 && duration > 0) refuse('DUR', row, 'stands beside a RATE', 'give either RATE or DUR')
    const addl = numberAt('ADDL', row) ?? 0
    if (!(Number.isInteger(addl) && addl >= 0 && addl <= mostAdditional))
      refuse('ADDL', row, 'is no count of doses', `a whole number from 0 to ${mostAdditional} is needed`)
    const ii = numberAt('II', row) ?? 0
    if (ii < 0 || (addl > 0 && ii === 0))
      refuse('II', row, `is no interval for ${addl} additional doses`, 'a time above 0 is needed')
    return {
      amt,
      ...(rate === 0 ? {} : { rate }),
      ...(duration > 0 ? { duration } : {}),
      ...(addl > 0 ? { ii, addl } : {}),
    }
  }

  const observationAt = (row: number): Partial<EventRecord> => {
    const amount = numberAt('AMT', row)
    if (amount !== null && amount !== 0)
      refuse('AMT', row, 'is an amount, but the row is an observation (EVID 0)', 'set EVID to 1, or leave AMT empty')
    const endpoint = textAt('ENDPOINT', row)
    const dv = numberAt('DV', row)
    const mdv = oneOf('MDV', row, [0, 1], numberAt('MDV', row) ?? (dv === null ? 1 : 0))
    const cens = oneOf('CENS', row, [-1, 0, 1], numberAt('CENS', row) ?? 0)
    const named = endpoint === null ? {} : { endpoint }
    if (mdv === 1) return { ...named, mdv: true }
    if (dv === null) return refuse('DV', row, 'is no value, but MDV is 0', 'give the value, or set MDV to 1')
    const limit = numberAt('LIMIT', row)
    if (limit !== null && ((cens === 1 && limit > dv) || (cens === -1 && limit < dv)))
      refuse(
        'LIMIT',
        row,
        `does not lie beyond DV = ${dv}`,
        'LIMIT is the other end of the interval: below DV for CENS 1, above for CENS -1',
      )
    return { ...named, dv, ...(cens === 0 ? {} : { cens, ...(limit === null ? {} : { limit }) }) }
  }

  const record = (row: number): EventRecord => {
    const time = numberAt('TIME', row)
    if (time === null) return refuse('TIME', row, 'is no time', 'every row needs a number')
    const steady = numberAt('SS', row) ?? 0
    if (steady !== 0)
      refuse(
        'SS',
        row,
        'asks for a steady state, which is not supported yet',
        'give the doses that lead to it (II, ADDL)',
      )
    const evid = evidAt(row)
    if (evid !== 0 && (numberAt('DV', row) ?? 0) !== 0)
      refuse(
        'DV',
        row,
        `is a measured value, but the row is no observation (EVID ${evid})`,
        'put it in a row of its own, with EVID 0',
      )
    const cmt = compartment(textAt('CMT', row))
    const common = { time, evid, ...(cmt === null ? {} : { cmt }) }
    if (evid === 1 || evid === 4 || evid === 7) return { ...common, ...doseAt(row) }
    return evid === 0 ? { ...common, ...observationAt(row) } : common
  }

  return { cell, textAt, record }
}

/** Compartment by name or number as it stands; null for 0, which leaves the choice to the model. */
function compartment(text: string | null): string | null {
  return text === '0' ? null : text
}

/** @throws DataError when the first row holds texts where all later rows hold numbers, as a row of units does. */
function checkUnitsRow(text: DelimitedText, standard: EventColumns['standard']): void {
  const [first, second] = text.rows
  const names = NUMBER_NAMES.filter((name) => standard.has(name))
  const startsWithDigit = (content: string) => content !== '' && '0123456789+-.<'.includes(content[0]!)
  const textual = (row: readonly Cell[] | undefined) =>
    names.filter((name) => {
      const content = row?.[standard.get(name)!]?.text ?? ''
      return !isMissing(content) && !startsWithDigit(content)
    }).length
  const cell = first?.[standard.get('TIME')!]
  if (cell === undefined || textual(first) < 2 || textual(second) > 0 || startsWithDigit(cell.text)) return
  throw new DataError({
    file: text.file,
    position: { line: cell.line, column: cell.column, header: 'TIME' },
    text: cell.text,
    problem: 'and the rest of the row look like units',
    expected: 'remove the row of units: values must be in the units of the model',
  })
}
