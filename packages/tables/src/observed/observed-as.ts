import type { EventRecord } from '@cartkin/simulation'
import type { EventData } from '../event-data/read-event-data.ts'
import { isMeasured } from './is-measured.ts'

/** Which quantity of the model each text of the column of endpoints (y_ID, DVID, YTYPE) means. */
export type Observe = Readonly<Record<string, string>>

/**
 * The data with their observations named as quantities of the model: as `observe` says; else by the quantity's own name, or
 * by its number among `quantities`, from 1. Observations of anything else ask for a prediction only, so that every record
 * keeps its place; they are counted in a note.
 *
 * @param quantities what the fit observes. Data without a column of endpoints are all of the one quantity, if it is one.
 * @throws an Error of `fail` where nothing is left that the fit observes, or `observe` names what is not there.
 */
export function observedAs(
  data: EventData,
  observe: Observe,
  quantities: readonly string[],
  fail: (message: string) => Error,
): { readonly data: EventData; readonly notes: readonly string[] } {
  const labels = new Map<string, number>()
  for (const { records } of data.subjects)
    for (const record of records)
      if (isMeasured(record)) labels.set(record.endpoint ?? '', (labels.get(record.endpoint ?? '') ?? 0) + 1)
  for (const label of Object.keys(observe))
    if (!labels.has(label))
      throw fail(`nothing in the data is called ${label}; their observations are of ${listed([...labels.keys()])}`)
  const quantityOf = (label: string) => observedQuantity(label, observe, quantities)
  const left = [...labels].filter(([label]) => quantityOf(label) === undefined)
  if (left.length > 0 && left.length === labels.size)
    throw fail(
      `the data do not say which of their observations (${listed([...labels.keys()])}) are of ${quantities.join(', ')}; name one, as --observe ${[...labels.keys()][0]}=${quantities[0]}`,
    )
  const subjects = data.subjects.map((subject) => ({
    ...subject,
    records: subject.records.map((record): EventRecord => {
      if (!isMeasured(record)) return record
      const endpoint = quantityOf(record.endpoint ?? '')
      if (endpoint !== undefined) return { ...record, endpoint }
      const { dv: _, cens: __, limit: ___, ...rest } = record
      return { ...rest, mdv: true }
    }),
  }))
  const told = left.map(([label, count]) => `${label === '' ? 'without a name' : label} (${count} rows)`)
  const notes =
    told.length === 0 ? [] : [`observations that this fit does not observe are left out: ${told.join(', ')}`]
  return { data: { ...data, subjects }, notes }
}

/** The quantity that a text of the column of endpoints means (empty: there is none); undefined where the fit does not observe it. */
export function observedQuantity(label: string, observe: Observe, quantities: readonly string[]): string | undefined {
  if (Object.hasOwn(observe, label)) return observe[label]
  if (label === '') return quantities.length === 1 ? quantities[0] : undefined
  return quantities.find((name) => name === label) ?? quantities[Number(label) - 1]
}

function listed(labels: readonly string[]): string {
  return labels.map((label) => (label === '' ? 'no name' : label)).join(', ')
}
