import type { DelimitedText } from '../cells/delimited-text.ts'
import { DataError } from '../data-error.ts'
import { endpointColumn } from './endpoint-column.ts'
import { eventColumns, type StandardColumn, standardNamed } from './event-columns.ts'

/**
 * The standard column that each column of a file is taken for, by its index, also where the file cannot be read as it stands:
 * then by the names of the columns alone.
 *
 * @param columns headers that stand for a standard column, by its name; those that the file does not have count for nothing.
 * @param ignored headers to leave out.
 */
export function guessColumns(
  text: DelimitedText,
  columns: Readonly<Partial<Record<StandardColumn, string>>>,
  ignored: readonly string[],
): readonly (StandardColumn | undefined)[] {
  try {
    const found = eventColumns(text, columns, ignored)
    const endpoint = endpointColumn(text, found).index
    const names = new Map([...found.standard].map(([name, index]) => [index, name] as const))
    return text.header.map((_, index) => (index === endpoint ? 'ENDPOINT' : names.get(index)))
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const given = new Map(Object.entries(columns).map(([name, header]) => [header, name]))
    return text.header.map((cell) => (ignored.includes(cell.text) ? undefined : standardNamed(cell.text, given)))
  }
}
