import { printExpression } from '../print/print-expression.ts'
import { readConnection } from './read-connection.ts'
import { renamedExpression } from './statement-names.ts'

/**
 * An expression such as the `8*WT` of a regimen in other names; undefined where it is none.
 *
 * @param names by old name; others stay.
 */
export function renameExpression(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const read = readConnection(text)
  if (!('expression' in read)) return undefined
  return printExpression(renamedExpression(read.expression, (name) => names.get(name) ?? name))
}
