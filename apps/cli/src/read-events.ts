import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import { type RecordRules, textLevels } from '@cartkin/simulation'
import { inModelTime, readInput } from '@cartkin/studies'
import { type EventData, readEventData } from '@cartkin/tables'
import { toText } from './convert.ts'
import type { Io } from './io.ts'
import { optional } from './option.ts'

/** The unit of the times in a data file, where its header does not say it. */
export const dataTimeUnitOption = optional(
  'UNIT',
  'Unit of the times in the data (h, day, …), which become those of the model; a header TIME [h] says it too',
  toText,
)

/**
 * Reads an event file for a model, with times in the model's unit, and says on the side what was understood.
 *
 * @param timeUnit unit of the times in the file; undefined: what its header says.
 * @param rules how covariates that change with time run from row to row, where the model does not say it.
 */
export async function readEvents(
  path: string,
  model: Model,
  { timeUnit, rules = 'nonmem' }: { readonly timeUnit?: string | undefined; readonly rules?: RecordRules | undefined },
  io: Io,
): Promise<EventData> {
  const read = readEventData(await readInput(resolve(io.folder, path), path), path, {
    levels: textLevels(model),
    rules,
  })
  const { data, note } = inModelTime(read, model, timeUnit, path)
  for (const said of note === '' ? data.notes : [...data.notes, note]) io.note(`${path}: ${said}\n`)
  return data
}
