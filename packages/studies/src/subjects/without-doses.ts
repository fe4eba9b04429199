import { type EventRecord, isDose } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'

/**
 * Data without their doses, for a model whose starting value contains the infusion: given as well, the cells would count
 * twice. A dose becomes a row that asks for a prediction, not before the start, so that every record keeps its place.
 */
export function withoutDoses(
  data: EventData,
  start: number,
): { readonly data: EventData; readonly notes: readonly string[] } {
  let left = 0
  const subjects = data.subjects.map((subject) => ({
    ...subject,
    records: subject.records.map((record): EventRecord => {
      if (!isDose(record)) return record
      left++
      const { time, dataTime } = record
      return { time: Math.max(time, start), evid: 0, mdv: true, ...(dataTime === undefined ? {} : { dataTime }) }
    }),
  }))
  if (left === 0) return { data, notes: [] }
  return {
    data: { ...data, subjects },
    notes: [
      `${left} dose${left === 1 ? '' : 's'} of the data ${left === 1 ? 'is' : 'are'} left out: the model begins with the infusion in its starting value`,
    ],
  }
}
