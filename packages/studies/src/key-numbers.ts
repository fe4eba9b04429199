import {
  type KeyNumbers,
  libraryModel,
  lupusKeyNumbers,
  lupusPopulationKeyNumbers,
  oncologyKeyNumbers,
  steinKeyNumbers,
  twoSidedGridTable,
} from '@cartkin/cart-models'
import type { PopulationAnswer } from '@cartkin/compute'
import { compileModel, parseModel } from '@cartkin/model'
import {
  type ColumnTable,
  type EndpointDefinition,
  parameterVector,
  regimenRecords,
  simulateSubject,
  timeGrid,
} from '@cartkin/simulation'

/** Models that key numbers can be computed for, by the names of the targets. */
export const typicalModels = ['stein', 'oncology', 'lupus'] as const
export type TypicalModel = (typeof typicalModels)[number]

const computed: Readonly<Record<TypicalModel, () => Readonly<Record<string, number>>>> = {
  stein: () => {
    const { table, value } = defaultCourse('stein-2019', 365, 0.01)
    return steinKeyNumbers(table, {
      foldx: value('foldx'),
      Tmax: value('Tmax'),
      alpha: value('alpha'),
      beta: value('beta'),
    })
  },
  oncology: () => oncologyKeyNumbers(defaultCourse('oncology-qsp', 180, 0.25).table),
  lupus: () => lupusKeyNumbers(defaultCourse('lupus-qsp', 730, 0.25).table),
}

/** Key numbers of the typical patients of library models under their default treatment. */
export function typicalKeyNumbers(models: readonly TypicalModel[]): KeyNumbers {
  return Object.fromEntries(models.map((name) => [name, computed[name]()]))
}

/** Cohort figures from a population of `lupus-qsp` that brings the model's own endpoints. */
export function lupusCohortNumbers(
  { count, endpoints, outcomes }: Pick<PopulationAnswer, 'count' | 'endpoints' | 'outcomes'>,
  definitions: readonly EndpointDefinition[],
): Readonly<Record<string, number>> {
  const column = (name: string): ((subject: number) => number) => {
    const k = definitions.findIndex((definition) => definition.name === name)
    if (k < 0) throw new RangeError(`cohort figures need the endpoint ${name} of lupus-qsp, which was not computed`)
    return (subject) => endpoints[subject * definitions.length + k] ?? Number.NaN
  }
  const [peak, back, crs, icans, sledai90, sledai180] = [
    column('Cmax'),
    column('B_return_day'),
    column('CRS_grade'),
    column('ICANS_grade'),
    column('SLEDAI_90'),
    column('SLEDAI_180'),
  ] as const
  const finished = Array.from({ length: count }, (_, k) => k).filter((k) => outcomes[k]?.status === 'finished')
  return lupusPopulationKeyNumbers(
    finished.map((subject) => ({
      car_peak: peak(subject),
      b_return_gt10_day: back(subject),
      crs_max: crs(subject),
      icans_max: icans(subject),
      sledai_d90: sledai90(subject),
      sledai_d180: sledai180(subject),
    })),
  )
}

function defaultCourse(
  id: string,
  end: number,
  by: number,
): { readonly table: ColumnTable; readonly value: (name: string) => number } {
  const { text, start, regimen } = libraryModel(id)
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error(`the library's ${id} has errors`)
  const model = compileModel(parsed.model)
  const parameters = parameterVector(model.model)
  const records = regimenRecords(model.model, regimen, parameters)
  const run = simulateSubject({ model, parameters, records, start, end, options: { rtol: 1e-8, atol: 1e-10 } })
  if (run.outcome.status !== 'finished') throw new Error(`the default course of ${id} ended as ${run.outcome.status}`)
  const index = new Map(model.model.parameters.map(({ name }, k) => [name, k]))
  return {
    table: twoSidedGridTable(model.model, run, timeGrid(start, end, by)),
    value: (name) => parameters[index.get(name) ?? -1] ?? Number.NaN,
  }
}
