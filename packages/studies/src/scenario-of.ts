import type { Scenario } from '@cartkin/compute'
import type { SimulateStep } from './plan.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** A treatment of a plan as a scenario: what is absent comes from the library model. */
export function scenarioOf(
  { regimen, parameters, start }: Pick<SimulateStep, 'regimen' | 'parameters' | 'start'>,
  { library, text }: ModelSource,
  { plan }: StudyContext,
): Scenario {
  const nothing = { name: 'none', doses: [] }
  return {
    text,
    parameters,
    doses: { regimen: regimen === 'none' ? nothing : (regimen ?? library?.regimen ?? nothing) },
    start: start ?? library?.start ?? 0,
    solver: plan.solver,
  }
}
