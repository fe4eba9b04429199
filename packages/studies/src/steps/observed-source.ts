import type { SimulateStep } from '../plan/plan.ts'
import type { ModelSource } from './step-result.ts'

/**
 * The model with the published observations that a course can be held against: those of the library are of patients who
 * were given its default regimen, and stand behind no other scenario and no untreated patient.
 */
export function observedSource(
  { scenario, regimen }: Pick<SimulateStep, 'scenario' | 'regimen'>,
  source: ModelSource,
): ModelSource {
  if (source.library === null || (scenario === undefined && regimen !== 'none')) return source
  return { ...source, library: { ...source.library, observations: [] } }
}
