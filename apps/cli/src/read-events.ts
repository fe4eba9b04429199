import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import { textLevels } from '@cartkin/simulation'
import { readInput } from '@cartkin/studies'
import { decodeText, type EventData, readEventData } from '@cartkin/tables'
import type { Io } from './io.ts'

/** Reads an event file for a model and says on the side what was understood. */
export async function readEvents(path: string, model: Model, io: Io): Promise<EventData> {
  const data = readEventData(decodeText(await readInput(resolve(io.folder, path), path), path), path, {
    levels: textLevels(model),
  })
  for (const note of data.notes) io.note(`${path}: ${note}\n`)
  return data
}
