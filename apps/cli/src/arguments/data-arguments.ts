import type { DataReading } from '@cartkin/studies'
import { type StandardColumn, standardColumns } from '@cartkin/tables'
import { Misuse } from '../failure.ts'
import { type Assignment, toAssignment, toNumber, toOneOf, toText } from './convert.ts'
import { flag, type OptionValues, optional, repeated } from './option.ts'

/** Options of commands that read event data: what a file does not say itself. */
export const dataOptionTable = {
  column: repeated('NAME=HEADER', 'A column that goes by another name: TIME=day DV=copies', toAssignment),
  ignore: repeated('HEADER', 'A column to leave out', toText),
  missing: repeated('TEXT', 'A text that stands for no value, such as -99 (beside ".", NA and empty cells)', toText),
  lloq: repeated('NUMBER|ENDPOINT=NUMBER', 'Lower limit of quantification; values below are censored at it', toLimit),
  'log-dv': flag('DV holds natural logarithms'),
  decimal: optional('point|comma', 'What separates decimals, where the numbers do not tell', toOneOf('point', 'comma')),
}

function toLimit(text: string): readonly [endpoint: string, limit: number] {
  if (!text.includes('=')) return ['', toNumber(text)]
  const { name, text: limit } = toAssignment(text)
  return [name, toNumber(limit)]
}

/** How to read event data by these options. */
export function dataReading(given: OptionValues<typeof dataOptionTable>): DataReading {
  return {
    columns: Object.fromEntries(given.column.map(standardColumn)),
    ignore: given.ignore,
    missing: given.missing,
    lloq: Object.fromEntries(given.lloq),
    ...(given['log-dv'] ? { logarithmic: true } : {}),
    ...(given.decimal === undefined ? {} : { decimal: given.decimal }),
  }
}

/** Whether any of these options is given. */
export function saysHowToRead({
  column,
  ignore,
  missing,
  lloq,
  'log-dv': log,
  decimal,
}: OptionValues<typeof dataOptionTable>): boolean {
  return [column, ignore, missing, lloq].some((list) => list.length > 0) || log || decimal !== undefined
}

function standardColumn({ name, text }: Assignment): readonly [StandardColumn, string] {
  const found = standardColumns.find((column) => column === name.toUpperCase())
  if (found === undefined)
    throw new Misuse(`--column ${name}=${text}: ${name} is none of ${standardColumns.join(', ')}`)
  return [found, text]
}
