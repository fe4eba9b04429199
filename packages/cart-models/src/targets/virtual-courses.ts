import { parseModel } from '@cartkin/model'
import { parameterVector, type Regimen, samplePopulation } from '@cartkin/simulation'
import type { LibraryModel } from '../library/library-model.ts'
import type { StudyCourse } from './key-number-study.ts'

/** What one of a group of virtual patients is given. */
export interface VirtualPatient {
  readonly name: string
  readonly regimen: Regimen
  /** Typical values that differ from the model's; the patient is drawn around them. */
  readonly parameters: Readonly<Record<string, number>>
}

/**
 * Courses of virtual patients of a library model by its own population, patient k with seed 1 and index k. Throws an Error for a
 * model without a population.
 */
export function virtualCourses(library: LibraryModel, patients: readonly VirtualPatient[]): readonly StudyCourse[] {
  const { id, text, population } = library
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(`the library's ${id} has errors`)
  if (population === undefined) throw new Error(`the library's ${id} has no virtual patients`)
  const { model } = parsed
  return patients.map(({ name, regimen, parameters }, index) => {
    const values = samplePopulation(model, population, parameterVector(model, parameters), { seed: 1, index })
    const drawn = model.parameters.map((parameter, k): [string, number] => [parameter.name, values[k]!])
    return { name, regimen, parameters: Object.fromEntries(drawn) }
  })
}
