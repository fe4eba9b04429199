import type { DelimitedText } from '../cells/delimited-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { parseNumber } from '../cells/parse-number.ts'
import type { EventColumns } from './event-columns.ts'

/** Most different things that a column NAME may say were measured. */
const mostNames = 50

/**
 * Finds the column that says what was measured: ENDPOINT, YTYPE or DVID, else a column NAME of texts that vary within subjects
 * or are the same for all of them (where each subject has its own, they are names of people).
 */
export function endpointColumn(
  text: DelimitedText,
  { standard, name }: EventColumns,
): { readonly index: number | undefined; readonly notes: readonly string[] } {
  const given = standard.get('ENDPOINT')
  if (given !== undefined || name === undefined) return { index: given, notes: [] }
  const id = standard.get('ID')
  const evid = standard.get('EVID')
  const all = new Set<string>()
  const observed = new Set<string>()
  const bySubject = new Map<string, Set<string>>()
  for (const row of text.rows) {
    const content = row[name]?.text ?? ''
    if (isMissing(content)) continue
    if (parseNumber(content, text.format.decimalSeparator) !== null) return { index: undefined, notes: [] }
    all.add(content)
    if (evid === undefined || row[evid]?.text === '0') observed.add(content)
    const subject = id === undefined ? '' : (row[id]?.text ?? '')
    const own = bySubject.get(subject) ?? new Set<string>()
    bySubject.set(subject, own.add(content))
  }
  const personal = all.size > 1 && [...bySubject.values()].every((own) => own.size === 1)
  if (all.size === 0 || all.size > mostNames || personal) return { index: undefined, notes: [] }
  const header = text.header[name]?.text ?? 'NAME'
  if (observed.size === 1)
    return { index: undefined, notes: [`${header} says of all observations: ${[...observed][0]}`] }
  const shown = [...observed].map((content) => JSON.stringify(content)).join(', ')
  return { index: name, notes: [`${header} says what was measured: ${shown}`] }
}
