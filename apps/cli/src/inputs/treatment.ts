import { resolve } from 'node:path'
import type { Model } from '@cartkin/model'
import type { DecisionRule, PlausibilityFilter, Regimen } from '@cartkin/simulation'
import { readFilters, readRegimen, readRules } from '@cartkin/studies'
import type { Io } from '../io.ts'
import type { FoundModel } from './find-model.ts'

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

/** The rules asked for. */
export async function chosenRules(given: string | undefined, model: Model, io: Io): Promise<readonly DecisionRule[]> {
  return given === undefined ? [] : readRules(resolve(io.folder, given), given, model)
}

/** What virtual patients must be like, as asked for. */
export async function chosenFilters(given: string | undefined, io: Io): Promise<readonly PlausibilityFilter[]> {
  return given === undefined ? [] : readFilters(resolve(io.folder, given), given)
}
