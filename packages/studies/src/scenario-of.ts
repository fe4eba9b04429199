import type { Scenario } from '@cartkin/compute'
import { codedParameters, type Regimen } from '@cartkin/simulation'
import { checkInputs } from './check-inputs.ts'
import { InputError } from './input-error.ts'
import type { SimulateStep } from './plan.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** A treatment of a plan as a scenario: what is absent comes from the library model. `drawn`: inputs that get values otherwise. */
export function scenarioOf(
  step: Pick<SimulateStep, 'name' | 'regimen' | 'parameters' | 'start'>,
  source: ModelSource,
  { plan, file }: StudyContext,
  drawn: readonly string[] = [],
): Scenario {
  const parameters = parametersOf(step, source, file)
  checkInputs(
    source,
    { parameters, names: drawn },
    ({ name }) => `give ${name} a value under \`parameters\` of step ${step.name}`,
  )
  return {
    text: source.text,
    parameters,
    doses: { regimen: regimenOf(step, source) },
    start: step.start ?? source.library?.start ?? 0,
    solver: plan.solver,
  }
}

function parametersOf(
  { name, parameters }: Pick<SimulateStep, 'name' | 'parameters'>,
  { model }: ModelSource,
  file: string,
) {
  try {
    return codedParameters(model, parameters)
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, `step ${name}: ${error.message}`)
    throw error
  }
}

export function regimenOf({ regimen }: Pick<SimulateStep, 'regimen'>, { library }: ModelSource): Regimen {
  const nothing = { name: 'none', doses: [] }
  return regimen === 'none' ? nothing : (regimen ?? library?.regimen ?? nothing)
}
