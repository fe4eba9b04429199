import type { EventDataOptions, StandardColumn } from '@cartkin/tables'
import { standardColumns } from '@cartkin/tables'
import { type Assignment, toAssignment, toNumber, toOneOf, toText } from './convert.ts'
import { Misuse } from './failure.ts'
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
export function dataOptions(given: OptionValues<typeof dataOptionTable>): EventDataOptions {
  return {
    columns: Object.fromEntries(given.column.map(standardColumn)),
    ignore: given.ignore,
    missing: given.missing,
    lloq: new Map(given.lloq),
    logarithmic: given['log-dv'],
    ...(given.decimal === undefined ? {} : { decimalSeparator: given.decimal === 'comma' ? ',' : '.' }),
  }
}

function standardColumn({ name, text }: Assignment): readonly [StandardColumn, string] {
  const found = standardColumns.find((column) => column === name.toUpperCase())
  if (found === undefined)
    throw new Misuse(`--column ${name}=${text}: ${name} is none of ${standardColumns.join(', ')}`)
  return [found, text]
}
