import type { EventRecord } from '@cartkin/simulation'
import type { DataError } from '../data-error.ts'
import type { EventData } from '../event-data/read-event-data.ts'
import { isMeasured } from './is-measured.ts'

/**
 * Why no model can be fitted to data, whatever it is: every value beyond a limit of quantification, a single quantified one, or
 * the same throughout. Told at the first value; undefined where there is nothing of the kind.
 */
export function pooledFault(data: EventData): DataError | undefined {
  const observed = data.subjects.flatMap(({ records }, subject) =>
    records.flatMap((record, place) => (isMeasured(record) ? [{ record, subject, place }] : [])),
  )
  const [first] = observed
  if (first === undefined) return undefined
  const refusal = (at: typeof first, problem: string, expected: string) =>
    data.refusal(at.subject, at.place, 'DV', problem, expected)
  const quantified = observed.filter(({ record }) => isQuantified(record))
  const [only, second] = quantified
  if (only === undefined)
    return refusal(
      first,
      `and all ${observed.length} values of the file are beyond a limit of quantification`,
      'a fit needs values that are quantified; is the limit right?',
    )
  if (second === undefined)
    return refusal(only, 'is the only quantified value of the file', 'one value determines no course; give more')
  const same = ({ record }: typeof first) =>
    record.dv === only.record.dv && record.endpoint === only.record.endpoint && record.cmt === only.record.cmt
  if (quantified.length < observed.length || !quantified.every(same)) return undefined
  return refusal(
    only,
    `stands in all ${quantified.length} rows: the values have no variance`,
    'is another column meant? name it with --column DV=…',
  )
}

function isQuantified({ cens }: EventRecord): boolean {
  return cens === undefined || cens === 0
}
