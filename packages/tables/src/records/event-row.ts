import { exp } from '@cartkin/numerics'
import type { EventRecord } from '@cartkin/simulation'
import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { numberHint } from '../cells/number-column.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { type EventColumns, numberColumns, type StandardColumn } from '../columns/event-columns.ts'
import { DataError } from '../data-error.ts'
import { type ClassicEvid, classicEvid } from './classic-evid.ts'
import { isUnmeasured, type Measured, measuredValue, type Unmeasured } from './measured-values.ts'

type NumberName = Exclude<(typeof numberColumns)[number], 'TIME' | 'DV'>

/** Most additional doses that one row may ask for. */
const mostAdditional = 100_000

/** One row, and what was done to read it. */
export interface EventRow {
  readonly record: EventRecord
  /** How a value came to be censored where no column CENS says so. */
  readonly by?: Measured['by']
  /** A value stands in the row, but MDV 1 says not to use it. */
  readonly unused?: boolean
  /** An interval stands in a row that gives one dose alone. */
  readonly intervalAlone?: boolean
  /** MDV 0 promises a value that is not there. */
  readonly promised?: boolean
}

/** Reads records of an event file by row. */
export interface EventRows {
  /** Cell of a standard column, when the file has the column. */
  cell(name: StandardColumn, row: number): Cell | undefined
  /** Its text; null when the column or the value is missing. */
  textAt(name: StandardColumn, row: number): string | null
  /** What is wrong at a row's cell of a column, or of TIME where the file lacks it. */
  refusal(name: StandardColumn, row: number, problem: string, expected: string): DataError
  /** How many rows hold an event number of the first RxODE. */
  readonly classic: number
  /** Throws a DataError for values that contradict each other. */
  read(row: number, time: number | null): EventRow
}

export interface EventRowOptions {
  /** Index of the column whose texts say what was measured. */
  readonly endpoint: number | undefined
  /** Limits of quantification by the text of the endpoint; that of `''` is for all others. */
  readonly lloq: ReadonlyMap<string, number>
  /** Whether DV holds natural logarithms. */
  readonly logarithmic: boolean
}

const CENSES = [-1, 0, 1] as const
const EVIDS = [0, 1, 2, 3, 4, 5, 6, 7] as const

/** Prepares the columns of an event file for reading by rows. */
export function eventRows(text: DelimitedText, { standard }: EventColumns, options: EventRowOptions): EventRows {
  const { decimalSeparator } = text.format
  const cell = (name: StandardColumn, row: number): Cell | undefined => {
    const index = name === 'ENDPOINT' ? options.endpoint : standard.get(name)
    return index === undefined ? undefined : text.rows[row]?.[index]
  }
  const textAt = (name: StandardColumn, row: number): string | null => {
    const content = cell(name, row)?.text
    return content === undefined || isMissing(content) ? null : content
  }
  const refusal = (name: StandardColumn, row: number, problem: string, expected: string): DataError => {
    const own = cell(name, row)
    const at = own ?? cell('TIME', row) ?? text.rows[row]?.[0]
    const index = name === 'ENDPOINT' ? options.endpoint : standard.get(name)
    const header = index === undefined ? name : (text.header[index]?.text ?? name)
    return new DataError({
      file: text.file,
      ...(at === undefined ? {} : { position: { line: at.line, column: at.column, header } }),
      ...(own === undefined ? {} : { text: own.text }),
      problem: own === undefined ? `${name} (the file has no such column) ${problem}` : problem,
      expected,
    })
  }
  const refuse = (name: StandardColumn, row: number, problem: string, expected: string): never => {
    throw refusal(name, row, problem, expected)
  }
  const numberAt = (name: NumberName, row: number): number | null => {
    const content = textAt(name, row)
    if (content === null) return null
    return (
      parseNumber(content, decimalSeparator) ??
      refuse(name, row, 'is not a number', numberHint(content, decimalSeparator))
    )
  }
  const oneOf = <T extends number>(name: NumberName, row: number, allowed: readonly T[], value: number, hint = ''): T =>
    allowed.find((other) => other === value) ??
    refuse(name, row, `is no ${name}`, `one of ${allowed.join(', ')} is needed${hint}`)

  const classicRows = text.rows.flatMap((_, row) =>
    (parseNumber(textAt('EVID', row) ?? '', decimalSeparator) ?? 0) >= 101 ? [row] : [],
  )
  const classicRow = classicRows[0] ?? -1

  const evidAt = (row: number): EventRecord['evid'] | ClassicEvid => {
    if (!standard.has('EVID')) {
      const endless = (numberAt('SS', row) ?? 0) !== 0 && (numberAt('RATE', row) ?? 0) !== 0
      return (numberAt('AMT', row) ?? 0) > 0 || endless ? 1 : 0
    }
    const value = numberAt('EVID', row)
    if (value === null) return refuse('EVID', row, 'is no EVID', `one of ${EVIDS.join(', ')} is needed in every row`)
    if (classicRow >= 0 && value !== 0 && value !== 2 && value !== 3) {
      const found = classicEvid(value)
      const first = cell('EVID', classicRow)
      if (typeof found !== 'string') return found
      return refuse(
        'EVID',
        row,
        value < 101
          ? `stands among event numbers of the first RxODE (${first?.text} in line ${first?.line})`
          : `${found} (event numbers from 101 are those of the first RxODE)`,
        'give EVID 1 with AMT, RATE and CMT',
      )
    }
    return oneOf(
      'EVID',
      row,
      EVIDS,
      value,
      ' (0 observation, 1 dose, 2 other, 3 reset, 4 reset and dose, 5 replace, 6 multiply, 7 dose that counts but puts nothing into its compartment), or an event number of the first RxODE from 101',
    )
  }

  const doseAt = (row: number, evid: EventRecord['evid'], steady: 0 | 1 | 2): Partial<EventRecord> => {
    const amt = numberAt('AMT', row)
    if (amt === null) return refuse('AMT', row, `is no amount, but the row is a dose (EVID ${evid})`, 'give AMT')
    if (amt < 0 && evid !== 5 && evid !== 6) refuse('AMT', row, 'is negative', 'an amount from 0 is needed')
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
      refuse(
        'II',
        row,
        addl > 0 ? `is no interval for ${addl} additional doses` : 'is no interval',
        'a time above 0 is needed',
      )
    if (steady > 0 && ii === 0 && !(amt === 0 && (rate > 0 || rate === -1)))
      refuse(
        'II',
        row,
        `is no interval for a steady state (SS ${steady})`,
        'a time above 0 is needed; without one, SS takes AMT 0 and a RATE above 0 (or -1): an infusion without end',
      )
    return {
      amt,
      ...(rate === 0 ? {} : { rate }),
      ...(duration > 0 ? { duration } : {}),
      ...(addl > 0 || (steady > 0 && ii > 0) ? { ii } : {}),
      ...(addl > 0 ? { addl } : {}),
      ...(steady > 0 ? { ss: steady } : {}),
    }
  }

  const measuredAt = (row: number): Measured | Unmeasured | null => {
    const censored = numberAt('CENS', row)
    const endpoint = textAt('ENDPOINT', row)
    const lloq = numberAt('LLOQ', row) ?? options.lloq.get(endpoint ?? '') ?? options.lloq.get('') ?? null
    return measuredValue({
      dv: cell('DV', row)?.text ?? '',
      cens: censored === null ? undefined : oneOf('CENS', row, CENSES, censored),
      limit: numberAt('LIMIT', row),
      lloq,
      uloq: numberAt('ULOQ', row),
      decimalSeparator,
      logarithmic: options.logarithmic,
    })
  }

  const onScale = (row: number, name: 'DV' | 'LIMIT' | 'LLOQ', value: number): number => {
    if (!options.logarithmic) return value
    const natural = exp(value)
    if (!Number.isFinite(natural) || natural === 0)
      refuse(name, row, 'is no logarithm of a number', 'DV holds natural logarithms')
    return natural
  }

  const observationAt = (row: number, common: Pick<EventRecord, 'time' | 'evid' | 'cmt'>): EventRow => {
    const amount = numberAt('AMT', row)
    if (amount !== null && amount !== 0)
      refuse('AMT', row, 'is an amount, but the row is an observation (EVID 0)', 'set EVID to 1, or leave AMT empty')
    const endpoint = textAt('ENDPOINT', row)
    const named = { ...common, ...(endpoint === null ? {} : { endpoint }) }
    const given = numberAt('MDV', row)
    if (given !== null && oneOf('MDV', row, [0, 1], given) === 1)
      return { record: { ...named, mdv: true }, unused: textAt('DV', row) !== null }
    const found = measuredAt(row)
    if (found === null) {
      const record = { ...named, mdv: true }
      if (given === null) return { record }
      return { record, promised: true }
    }
    if (isUnmeasured(found)) return refuse(found.column, row, found.problem, found.expected)
    const { dv = 0, cens, limit, lloq, by } = found
    return {
      record: {
        ...named,
        dv: onScale(row, 'DV', dv),
        ...(cens === undefined ? {} : { cens }),
        ...(limit === undefined ? {} : { limit: onScale(row, 'LIMIT', limit) }),
        ...(lloq === undefined ? {} : { lloq: onScale(row, 'LLOQ', lloq) }),
      },
      ...(by === undefined ? {} : { by }),
    }
  }

  /** Compartment by name or number as it stands; null for 0, which leaves the choice to the model. */
  const compartmentAt = (row: number, evid: EventRecord['evid']): string | null => {
    const content = textAt('CMT', row)
    if (content === null || content === '0') return null
    const value = parseNumber(content, decimalSeparator)
    if (value !== null && !Number.isInteger(value))
      refuse('CMT', row, 'is no compartment', 'a whole number from 1 or the name of a state is needed')
    if (content[0] === '-' && evid !== 2)
      refuse(
        'CMT',
        row,
        `turns a compartment off, but EVID is ${evid}`,
        'set EVID to 2, or give the number without minus',
      )
    return value === 0 ? null : content
  }

  const unusedValue = (row: number, evid: EventRecord['evid']): boolean => {
    const content = textAt('DV', row)
    if (content === null || parseNumber(content, decimalSeparator) === 0) return false
    if (numberAt('MDV', row) === 1) return true
    return refuse(
      'DV',
      row,
      `is a measured value, but the row is no observation (EVID ${evid})`,
      'put it in a row of its own, with EVID 0, or set MDV to 1',
    )
  }

  const checkGivesNothing = (row: number, evid: EventRecord['evid']): void => {
    for (const name of ['RATE', 'DUR', 'ADDL', 'SS'] as const)
      if ((numberAt(name, row) ?? 0) !== 0)
        refuse(name, row, `stands in a row that gives nothing (EVID ${evid})`, 'set EVID to 1 or 4, or leave it empty')
  }

  const read = (row: number, time: number | null): EventRow => {
    if (time === null) return refuse('TIME', row, 'is no time', 'every row needs one')
    const found = evidAt(row)
    const classic = typeof found === 'number' ? undefined : found
    const evid = typeof found === 'number' ? found : found.evid
    const given = numberAt('SS', row) ?? 0
    const steady = oneOf('SS', row, [0, 1, 2], classic?.ss ?? given)
    const written = compartmentAt(row, evid)
    const numbered = classic === undefined ? written : `${classic.off ? '-' : ''}${classic.cmt}`
    if (classic !== undefined && written !== null && written !== numbered)
      refuse('CMT', row, `is another compartment than that of EVID ${textAt('EVID', row)}`, `${numbered}, or none`)
    const common = { time, evid, ...(numbered === null ? {} : { cmt: numbered }) }
    if (evid === 0 || evid === 2 || evid === 3) checkGivesNothing(row, evid)
    if (evid === 0) return observationAt(row, common)
    const unused = unusedValue(row, evid)
    if (evid !== 2 && evid !== 3) {
      const dose = doseAt(row, evid, steady)
      const intervalAlone = dose.ii === undefined && (numberAt('II', row) ?? 0) > 0
      return { record: { ...common, ...dose }, unused, intervalAlone }
    }
    const amount = classic?.off ? null : numberAt('AMT', row)
    if (amount !== null && amount !== 0)
      refuse(
        'AMT',
        row,
        `is an amount, but the row is no dose (EVID ${evid})`,
        'set EVID to 1 or 4, or leave AMT empty',
      )
    return { record: common, unused }
  }

  return { cell, textAt, refusal, classic: classicRows.length, read }
}

/** What is wrong where the first row holds texts and all later rows hold numbers, as a row of units does. */
export function unitsRowError(text: DelimitedText, { standard }: EventColumns): DataError | undefined {
  const [first, second] = text.rows
  const names = numberColumns.filter((name) => standard.has(name))
  const startsWithDigit = (content: string) => content !== '' && '0123456789+-.<'.includes(content[0]!)
  const textual = (row: readonly Cell[] | undefined) =>
    names.filter((name) => {
      const content = row?.[standard.get(name)!]?.text ?? ''
      return !isMissing(content) && !startsWithDigit(content)
    }).length
  const cell = first?.[standard.get('TIME') ?? 0]
  if (second === undefined || cell === undefined) return undefined
  if (textual(first) < 2 || textual(second) > 0 || startsWithDigit(cell.text)) return undefined
  return new DataError({
    file: text.file,
    position: { line: cell.line, column: cell.column, header: 'TIME' },
    text: cell.text,
    problem: 'and the rest of the row look like units',
    expected: 'remove the row of units: values must be in the units of the model',
  })
}
