import type { PopulationJob } from './protocol.ts'

/** Parameters that differ between the subjects of a population: the drawn ones, then the tied ones; or those listed. */
export function drawnNames({ population }: Pick<PopulationJob, 'population'>): readonly string[] {
  if ('randomEffects' in population) return population.randomEffects
  if ('listed' in population) return population.listed
  return [...population.parameters.map(({ parameter }) => parameter), ...Object.keys(population.ties)]
}
