import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import type { EventRecord, Subject } from '@cartkin/simulation'
import { readInput } from '@cartkin/studies'
import { decodeText, type EventData, readEventData } from '@cartkin/tables'
import type { Io } from './io.ts'
import { checkKnown } from './solver-arguments.ts'

/** Reads an event file and says on the side what was understood. */
export async function readEvents(path: string, io: Io): Promise<EventData> {
  const data = readEventData(decodeText(await readInput(resolve(io.folder, path)), path), path)
  for (const note of data.notes) io.note(`${path}: ${note}\n`)
  return data
}

export function hasDoses({ subjects }: EventData): boolean {
  return subjects.some(({ records }) => records.some(({ evid }) => evid === 1 || evid === 4))
}

/** The subjects in the terms of a model: compartments by state name, and only those covariates that it uses. */
export function subjectsFor(model: Model, { subjects }: EventData): readonly Subject[] {
  const states = model.states.map(({ name }) => name)
  const parameters = new Set(model.parameters.map(({ name }) => name))
  return subjects.map(({ id, records, parameters: values }) => ({
    id,
    records: records.map((record) => withState(record, states)),
    parameters: Object.fromEntries(Object.entries(values).filter(([name]) => parameters.has(name))),
  }))
}

/** A compartment given as a number counts the states from 1. */
function withState(record: EventRecord, states: readonly string[]): EventRecord {
  const { cmt } = record
  if (cmt === undefined || states.includes(cmt)) return record
  const numbered = states[Number(cmt) - 1]
  if (numbered !== undefined) return { ...record, cmt: numbered }
  if (record.evid === 0) {
    const { cmt: _, ...rest } = record
    return rest
  }
  checkKnown(cmt, states, 'CMT', 'a state of the model')
  return record
}
