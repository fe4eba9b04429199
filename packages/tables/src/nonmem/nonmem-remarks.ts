import type { Cell, DelimitedText } from '../cells/delimited-text.ts'
import { neutraliseFormulaText } from '../cells/formula-text.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { DataError } from '../data-error.ts'
import { decimalSum } from './decimal-sum.ts'

/** Columns whose numbers stand for texts. */
const CODED = ['ID', 'CMT', 'DVID'] as const

export type CodedColumn = (typeof CODED)[number]

/** What a NONMEM data set cannot say itself; written as comments before its header. */
export interface NonmemRemarks {
  /** What was added to every time, in decimal; `0` for nothing. */
  readonly shift: string
  /** Unit of the times; may be empty. */
  readonly timeUnit: string
  /** The texts that numbers stand for, by column. */
  readonly names: ReadonlyMap<CodedColumn, ReadonlyMap<string, string>>
  /** RATE follows from AMT and DUR where DUR is given. */
  readonly ratesFollow: boolean
  /** The values of covariates hold until the next row, not back to the row before. */
  readonly valuesHoldForward: boolean
}

const prefix = '# cartkin: '
/** Most lines and characters that are looked at. */
const mostLines = 50

/** The comment lines, each with its line end; empty where there is nothing to say. */
export function writeRemarks({ shift, timeUnit, names, ratesFollow, valuesHoldForward }: NonmemRemarks): string {
  const lines = [
    ...(shift === '0' && timeUnit === '' ? [] : [`shift=${shift}${timeUnit === '' ? '' : ` ${timeUnit}`}`]),
    ...CODED.flatMap((column) => {
      const known = names.get(column)
      return known === undefined || known.size === 0 ? [] : [`${column} ${JSON.stringify(Object.fromEntries(known))}`]
    }),
    ...(ratesFollow ? ['RATE=AMT/DUR'] : []),
    ...(valuesHoldForward ? ['covariates=locf'] : []),
  ]
  return lines.map((line) => `${prefix}${line}\n`).join('')
}

/**
 * The remarks of a data set; null where it has none.
 *
 * @throws DataError for a remark that cannot be understood: what it says must not be passed over.
 */
export function readRemarks(text: string, file: string): NonmemRemarks | null {
  const lines = text.slice(text.startsWith('\uFEFF') ? 1 : 0, 1_000_000).split('\n', mostLines)
  let shift = '0'
  let timeUnit = ''
  let ratesFollow = false
  let valuesHoldForward = false
  let found = false
  const names = new Map<CodedColumn, ReadonlyMap<string, string>>()
  for (const [index, raw] of lines.entries()) {
    if (!raw.startsWith('#')) break
    const line = withoutSeparators(raw)
    if (!line.startsWith(prefix)) continue
    found = true
    const said = line.slice(prefix.length)
    const coded = CODED.find((column) => said.startsWith(`${column} `))
    if (coded !== undefined) {
      const read = namesIn(said.slice(coded.length + 1))
      if (read === null) throw refusal(file, index, line, 'names such as CMT {"1":"depot"} are needed')
      names.set(coded, read)
    } else if (said.startsWith('shift=')) {
      const [number = '', ...unit] = said.slice('shift='.length).split(' ')
      if (parseNumber(number) === null) throw refusal(file, index, line, 'a shift such as shift=5 day is needed')
      shift = number
      timeUnit = unit.join(' ')
    } else if (said === 'RATE=AMT/DUR') ratesFollow = true
    else if (said === 'covariates=locf') valuesHoldForward = true
    else throw refusal(file, index, line, 'it is written by a newer version, or was changed by hand: remove the line')
  }
  return found ? { shift, timeUnit, names, ratesFollow, valuesHoldForward } : null
}

/** What the remarks say, in sentences. */
export function remarkNotes({
  shift,
  timeUnit,
  names,
  ratesFollow,
  valuesHoldForward,
}: NonmemRemarks): readonly string[] {
  const coded = [...names].flatMap(([column, known]) => (known.size === 0 ? [] : [column]))
  return [
    ...(shift === '0'
      ? []
      : [
          `a remark says that TIME is shifted by ${shift}${timeUnit === '' ? '' : ` ${timeUnit}`}; times are shifted back`,
        ]),
    ...(coded.length === 0 ? [] : [`remarks say what the numbers in ${coded.join(', ')} stand for`]),
    ...(ratesFollow ? ['a remark says that RATE follows from AMT and DUR where DUR is given'] : []),
    ...(valuesHoldForward ? ['a remark says that values of covariates hold until the next row'] : []),
  ]
}

/** Without the delimiters that spreadsheets add to fill a line. */
function withoutSeparators(line: string): string {
  let end = line.length
  while (end > 0 && ',;\t\r '.includes(line[end - 1] ?? '')) end--
  return line.slice(0, end)
}

function refusal(file: string, index: number, text: string, expected: string): DataError {
  return new DataError({
    file,
    position: { line: index + 1, column: 1 },
    text,
    problem: 'is not understood as a remark of cartkin',
    expected,
  })
}

function namesIn(text: string): ReadonlyMap<string, string> | null {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    const entries = Object.entries(read)
    if (entries.some(([, name]) => typeof name !== 'string')) return null
    return new Map(entries.map(([code, name]) => [code, String(name)]))
  } catch {
    return null
  }
}

/** A data set with the remarks undone: times as they were, texts in place of their numbers, no rates that follow from DUR. */
export function withoutRemarks(text: DelimitedText, { shift, names, ratesFollow }: NonmemRemarks): DelimitedText {
  const header = text.header.map((cell) => cell.text.toUpperCase())
  const time = header.findIndex((name) => name === 'TIME' || name.startsWith('TIME '))
  const rate = header.indexOf('RATE')
  const duration = header.indexOf('DUR')
  const coded = CODED.flatMap((column) => {
    const known = names.get(column)
    const at = header.indexOf(column)
    return known === undefined || at < 0 ? [] : [[at, known] as const]
  })
  const restored = (row: readonly Cell[]): readonly Cell[] => {
    const cells = [...row]
    const change = (at: number, to: (text: string) => string) => {
      const cell = cells[at]
      if (cell !== undefined) cells[at] = { ...cell, text: to(cell.text) }
    }
    if (shift !== '0') change(time, (shown) => (parseNumber(shown) === null ? shown : decimalSum(shown, shift, -1)))
    for (const [at, known] of coded) change(at, (code) => named(code, known))
    if (ratesFollow && (parseNumber(row[duration]?.text ?? '') ?? 0) > 0) change(rate, () => '.')
    return cells
  }
  return { ...text, rows: text.rows.map(restored) }
}

/** `central` for `2`, `-central` for `-2`; a number without a name stays. */
function named(code: string, known: ReadonlyMap<string, string>): string {
  const name = known.get(code)
  if (name !== undefined) return neutraliseFormulaText(name)
  const off = code.startsWith('-') ? known.get(code.slice(1)) : undefined
  return off === undefined ? code : `-${off}`
}
