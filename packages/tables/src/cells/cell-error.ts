import { DataError } from '../data-error.ts'
import type { Cell, DelimitedText } from './delimited-text.ts'

/** What is wrong with a cell: its text stands in the message. */
export function cellError(
  { file }: Pick<DelimitedText, 'file'>,
  { line, column, text }: Cell,
  header: string,
  problem: string,
  expected: string,
): DataError {
  return new DataError({ file, position: { line, column, header }, text, problem, expected })
}
