import type { PopulationJob } from '@cartkin/compute'
import type { RandomEffectsPopulation, VirtualPopulation } from '@cartkin/simulation'
import type { Scenario } from '../document/scenario.ts'
import { courseJob } from './course-job.ts'
import type { OpenedModel } from './opened-model.ts'

/** Seed of all virtual patients, so that the n-th patient is the same one everywhere. */
export const populationSeed = 1

/** Which virtual patients, and what is kept of them. */
export type WantedPatients = Pick<PopulationJob, 'from' | 'count' | 'quantities' | 'endpoints'>

/** The job that simulates virtual patients around a scenario; null for a model that has none. */
export function populationJob(opened: OpenedModel, scenario: Scenario, wanted: WantedPatients): PopulationJob | null {
  const { population, bandTimes } = opened
  if (!population) return null
  return {
    ...courseJob(opened, scenario),
    kind: 'population',
    population: followingChanges(population, scenario.parameters),
    seed: populationSeed,
    times: bandTimes(scenario.horizon),
    ...wanted,
  }
}

/** The population around changed parameters: their medians are the new values. */
export function followingChanges(
  population: VirtualPopulation | RandomEffectsPopulation,
  changed: Readonly<Record<string, number>>,
): VirtualPopulation | RandomEffectsPopulation {
  if ('randomEffects' in population) return population
  return {
    ...population,
    parameters: population.parameters.map((parameter) => {
      const median = changed[parameter.parameter]
      return median === undefined ? parameter : { ...parameter, median }
    }),
  }
}
