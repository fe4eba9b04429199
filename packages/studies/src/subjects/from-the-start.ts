import { type EventRecord, isDose } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import { isMeasured } from '@cartkin/tables'
import type { OwnFit } from '../plan/plan.ts'
import type { ModelSource } from '../steps/step-result.ts'

/** When the infusion of a library model is given that contains it in its starting value; undefined of all other models. */
export function containedInfusion(
  { start }: Pick<OwnFit, 'start'>,
  { library }: Pick<ModelSource, 'library'>,
): number | undefined {
  if (library?.fitting === undefined || library.regimen.doses.length > 0) return undefined
  return start?.time ?? library.start
}

/**
 * Data without what was measured before a time at which the model begins with the infusion: a run would begin with the first
 * sample, and the cells expand from there. Such a row asks for a prediction at the start, so that every record keeps its place.
 */
export function fromTheStart(
  data: EventData,
  start: number,
): { readonly data: EventData; readonly notes: readonly string[] } {
  let left = 0
  let first = 0
  const subjects = data.subjects.map((subject, index) => ({
    ...subject,
    records: subject.records.map((record, place): EventRecord => {
      if (!(record.time < start) || isDose(record)) return record
      if (isMeasured(record)) {
        if (left === 0) first = data.refusal(index, place, 'DV', '', '').position?.line ?? 0
        left++
      }
      const { dv: _, cens: __, limit: ___, ...rest } = record
      return { ...rest, time: start, mdv: true }
    }),
  }))
  if (left === 0) return { data: { ...data, subjects }, notes: [] }
  return {
    data: { ...data, subjects },
    notes: [
      `${left} value${left === 1 ? '' : 's'} measured before time ${start} (first: line ${first}) ${left === 1 ? 'is' : 'are'} left out: the model begins with the infusion, at time ${start}`,
    ],
  }
}
