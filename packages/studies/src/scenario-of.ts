import type { Scenario } from '@cartkin/compute'
import type { Regimen } from '@cartkin/simulation'
import type { SimulateStep } from './plan.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** A treatment of a plan as a scenario: what is absent comes from the library model. */
export function scenarioOf(
  step: Pick<SimulateStep, 'regimen' | 'parameters' | 'start'>,
  source: ModelSource,
  { plan }: StudyContext,
): Scenario {
  return {
    text: source.text,
    parameters: step.parameters,
    doses: { regimen: regimenOf(step, source) },
    start: step.start ?? source.library?.start ?? 0,
    solver: plan.solver,
  }
}

export function regimenOf({ regimen }: Pick<SimulateStep, 'regimen'>, { library }: ModelSource): Regimen {
  const nothing = { name: 'none', doses: [] }
  return regimen === 'none' ? nothing : (regimen ?? library?.regimen ?? nothing)
}
