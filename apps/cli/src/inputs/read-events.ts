import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import { type RecordRules, textLevels } from '@cartkin/simulation'
import { type DataReading, readInput, readingOptions } from '@cartkin/studies'
import { type EventData, inModelTime, readEventData } from '@cartkin/tables'
import { toText } from '../arguments/convert.ts'
import { optional } from '../arguments/option.ts'
import type { Io } from '../io.ts'

/** The unit of the times in a data file, where its header does not say it. */
export const dataTimeUnitOption = optional(
  'UNIT',
  'Unit of the times in the data (h, day, …), which become those of the model; a header TIME [h] says it too',
  toText,
)

/** What an event file does not say itself. */
export interface EventReading {
  /** Unit of the times in the file; undefined: what its header says. */
  readonly timeUnit: string | undefined
  readonly reading: DataReading
  /** How covariates that change with time run from row to row, where the model does not say it ('nonmem'). */
  readonly rules: RecordRules | undefined
}

/**
 * Reads an event file for a model, with times in the model's unit, and says on the side what was understood.
 */
export async function readEvents(
  path: string,
  model: Model,
  { timeUnit, reading, rules = 'nonmem' }: EventReading,
  io: Io,
): Promise<EventData> {
  const read = readEventData(await readInput(resolve(io.folder, path), path), path, {
    ...readingOptions(reading),
    levels: textLevels(model),
    rules,
  })
  const { data, note } = inModelTime(read, model, timeUnit, path)
  // a doubt about a cell names the file itself
  for (const said of note === '' ? data.notes : [...data.notes, note])
    io.note(said.startsWith(`${path}, `) ? `${said}\n` : `${path}: ${said}\n`)
  return data
}
