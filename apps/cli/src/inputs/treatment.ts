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
  { name, library, composed }: FoundModel,
  model: Model,
  io: Io,
): Promise<Regimen> {
  if (given === 'none') return nothing
  if (given !== undefined) return readRegimen(resolve(io.folder, given), given, model)
  const [first] = composed ? (library?.parts ?? []) : []
  const kept = library?.regimen ?? nothing
  if (first && kept.doses.length < first.model.regimen.doses.length)
    io.note(
      `${name}: of the doses of ${first.model.id}, ${kept.doses.length} of ${first.model.regimen.doses.length} go into states that are still there; --regimen gives others\n`,
    )
  return kept
}

/** The rules asked for. */
export async function chosenRules(given: string | undefined, model: Model, io: Io): Promise<readonly DecisionRule[]> {
  return given === undefined ? [] : readRules(resolve(io.folder, given), given, model)
}

/** What virtual patients must be like, as asked for. */
export async function chosenFilters(given: string | undefined, io: Io): Promise<readonly PlausibilityFilter[]> {
  return given === undefined ? [] : readFilters(resolve(io.folder, given), given)
}
