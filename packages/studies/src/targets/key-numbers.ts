import { type KeyNumbers, keyNumberStudies, lupusPopulationKeyNumbers, runKeyNumberStudy } from '@cartkin/cart-models'
import type { PopulationAnswer } from '@cartkin/compute'
import type { EndpointDefinition } from '@cartkin/simulation'

/** Key numbers of the studies with these names, by name. */
export function typicalKeyNumbers(names: readonly string[]): KeyNumbers {
  const studies = keyNumberStudies.filter(({ name }) => names.includes(name))
  return Object.fromEntries(studies.map((study) => [study.name, runKeyNumberStudy(study)]))
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
