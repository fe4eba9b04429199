import type { EventRecord } from '@cartkin/simulation'
import type { EventData } from '../event-data/read-event-data.ts'
import { isMeasured } from './is-measured.ts'

/**
 * Zeros of a quantity on the logarithmic scale that come without a limit of quantification are taken as below it, and the
 * limit as the smallest value above 0 that the file has of it: the true one cannot be larger, unless values below it were
 * printed. Only subjects with two different values count for it, so that one that cannot be fitted changes nothing for the
 * others. What has no such value is left as it is.
 *
 * @param quantities those on the logarithmic scale.
 * @param quantityOf what a text of the column of endpoints means.
 */
export function zerosBelowLimit(
  data: EventData,
  quantities: readonly string[],
  quantityOf: (endpoint: string) => string | undefined,
): { readonly data: EventData; readonly notes: readonly string[] } {
  const isOf = (name: string) => (record: EventRecord) =>
    isMeasured(record) && quantityOf(record.endpoint ?? '') === name
  const limits = new Map<string, number>()
  const notes: string[] = []
  for (const name of quantities) {
    const limit = Math.min(
      ...data.subjects.flatMap(({ records }) => {
        const values = records.filter(isOf(name)).flatMap(({ dv = 0 }) => (dv > 0 ? [dv] : []))
        return values.some((value) => value !== values[0]) ? [smallest(values)] : []
      }),
    )
    const zeros = data.subjects.flatMap(({ records }, subject) =>
      records.flatMap((record, place) => (isOf(name)(record) && isZero(record) ? [{ subject, place }] : [])),
    )
    const [first] = zeros
    if (first === undefined || limit === Number.POSITIVE_INFINITY) continue
    limits.set(name, limit)
    const line = data.refusal(first.subject, first.place, 'DV', '', '').position?.line ?? 0
    notes.push(
      `${zeros.length === 1 ? `1 zero of ${name} (line ${line}) is` : `${zeros.length} zeros of ${name} (first: line ${line}) are`} taken as below the limit of quantification, and the limit as ${limit}, the smallest value of ${name} in a course of the file; say the limit of the assay with --lloq, or in a column LLOQ`,
    )
  }
  const subjects = data.subjects.map((subject) => ({
    ...subject,
    records: subject.records.map((record): EventRecord => {
      const limit =
        isMeasured(record) && isZero(record) ? limits.get(quantityOf(record.endpoint ?? '') ?? '') : undefined
      return limit === undefined ? record : { ...record, dv: limit, cens: 1 }
    }),
  }))
  return { data: { ...data, subjects }, notes }
}

function isZero({ dv, cens }: EventRecord): boolean {
  return dv === 0 && (cens === undefined || cens === 0)
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
}
