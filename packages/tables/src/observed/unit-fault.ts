import { compareUnits, type Model, readUnit } from '@cartkin/model'
import { isDose } from '@cartkin/simulation'
import type { DataError } from '../data-error.ts'
import type { EventData } from '../event-data/read-event-data.ts'
import { isMeasured } from './is-measured.ts'
import { type Observe, observedQuantity } from './observed-as.ts'

/**
 * The first of the values that are said to be in another unit than the quantity they are of: a fit would take the numbers as
 * they stand. Undefined where the units agree, or one of them is not said or not known.
 *
 * @param data before `observedAs`, with the endpoints of the file.
 */
export function unitFault(
  data: EventData,
  observe: Observe,
  quantities: readonly string[],
  { states, outputs }: Pick<Model, 'states' | 'outputs'>,
): DataError | undefined {
  for (const [subject, { records }] of data.subjects.entries())
    for (const [place, record] of records.entries()) {
      if (!isMeasured(record)) continue
      const label = record.endpoint ?? ''
      const said = data.units.get(label === '' ? 'DV' : label) ?? data.units.get('DV') ?? ''
      const name = observedQuantity(label, observe, quantities)
      const own = [...states, ...outputs].find((quantity) => quantity.name === name)?.unit ?? ''
      if (name === undefined || areSame(said, own)) continue
      const rest = label === '' ? 'other values' : `other values of ${label}`
      return data.refusal(
        subject,
        place,
        'DV',
        `and all ${rest} are said to be in ${said}, but ${name} is in ${own}`,
        `convert them to ${own}; or, where they are in ${own} after all, take the unit out of the file`,
      )
    }
  return undefined
}

/**
 * The first dose that is said to be in another unit than the state it enters; one that the text converts, as `f(state)`, is
 * its own matter. Undefined where the units agree, or one of them is not said or not known.
 */
export function doseUnitFault(
  data: EventData,
  { states, bioavailability }: Pick<Model, 'states' | 'bioavailability'>,
): DataError | undefined {
  const said = data.units.get('AMT') ?? ''
  for (const [subject, { records }] of data.subjects.entries())
    for (const [place, record] of records.entries()) {
      if (!isDose(record)) continue
      const { cmt } = record
      const named = states.findIndex(({ name }) => name === cmt)
      const index = cmt === undefined ? 0 : named >= 0 ? named : Number(cmt) - 1
      const state = states[index]
      if (state === undefined || bioavailability.has(index) || areSame(said, state.unit)) continue
      return data.refusal(
        subject,
        place,
        'AMT',
        `and all other doses are said to be in ${said}, but ${state.name} is in ${state.unit}`,
        `convert them to ${state.unit}; or write the conversion into the text as f(${state.name})`,
      )
    }
  return undefined
}

/** Units that are not said or not known count as equal. */
function areSame(said: string, own: string): boolean {
  if (said === '' || own === '' || said === own) return true
  const [a, b] = [readUnit(said), readUnit(own)]
  if (a === undefined || b === undefined) return true
  return a.logarithm === b.logarithm && compareUnits(a.unit, b.unit).kind === 'same'
}
