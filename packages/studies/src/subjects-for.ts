import { type Model, nearestName } from '@cartkin/model'
import type { EventRecord, Subject } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import { InputError } from './input-error.ts'

/** Whether an event file gives anything to anybody. */
export function hasDoses({ subjects }: EventData): boolean {
  return subjects.some(({ records }) => records.some(({ evid }) => evid === 1 || evid === 4))
}

/**
 * The subjects of an event file in the terms of a model: compartments by state name (a number counts the states from 1),
 * and only those covariates that the model uses. Throws an InputError for a dose into a state that does not exist.
 */
export function subjectsFor(model: Model, { subjects }: EventData, file: string): readonly Subject[] {
  const states = model.states.map(({ name }) => name)
  const parameters = new Set(model.parameters.map(({ name }) => name))
  return subjects.map(({ id, records, parameters: values }) => ({
    id,
    records: records.map((record) => withState(record, states, `subject ${id}`, file)),
    parameters: Object.fromEntries(Object.entries(values).filter(([name]) => parameters.has(name))),
  }))
}

function withState(record: EventRecord, states: readonly string[], where: string, file: string): EventRecord {
  const { cmt } = record
  if (cmt === undefined || states.includes(cmt)) return record
  const numbered = states[Number(cmt) - 1]
  if (numbered !== undefined) return { ...record, cmt: numbered }
  const { cmt: _, ...rest } = record
  // The compartment of an observation may name an output: what was observed.
  if (record.evid === 0) return record.endpoint === undefined ? { ...rest, endpoint: cmt } : rest
  const nearest = nearestName(cmt, states)
  throw new InputError(
    file,
    `${where}, time ${record.time}: CMT ${cmt} is not a state of the model; ${nearest === undefined ? `it has ${states.join(', ')}` : `did you mean ${nearest}?`}`,
  )
}
