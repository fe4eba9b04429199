import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import type { Regimen } from '@cartkin/simulation'
import { readRegimen } from '@cartkin/studies'
import type { FoundModel } from './find-model.ts'
import type { Io } from './io.ts'

const nothing: Regimen = { name: 'none', doses: [] }

/** The regimen asked for: a file, `none`, or else the library model's own. */
export async function chosenRegimen(
  given: string | undefined,
  { library }: FoundModel,
  model: Model,
  io: Io,
): Promise<Regimen> {
  if (given === 'none') return nothing
  if (given !== undefined) return readRegimen(resolve(io.folder, given), given, model)
  return library?.regimen ?? nothing
}
