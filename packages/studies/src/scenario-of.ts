import type { Scenario } from '@cartkin/compute'
import { codedParameters, type DecisionRule, expandDocument, type Regimen, type StartState } from '@cartkin/simulation'
import { checkInputs } from './check-inputs.ts'
import { InputError } from './input-error.ts'
import type { SimulateStep } from './plan.ts'
import { rulesFor } from './rule-schema.ts'
import { startStateOf } from './start-of.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** A treatment of a plan as a scenario: what is absent comes from the library model. `drawn`: inputs that get values otherwise. */
export function scenarioOf(
  step: Pick<SimulateStep, 'name' | 'regimen' | 'rules' | 'parameters' | 'start'>,
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
    doses: { regimen: regimenOf(step, source, file) },
    ...(step.rules !== undefined && { rules: rulesOf(step, step.rules, source, file) }),
    start: step.start?.time ?? source.library?.start ?? 0,
    ...startOf(step, source, file),
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

/** The regimen of a treatment in the terms of its model; throws an InputError for one that it cannot have. */
export function regimenOf(
  { name, regimen }: Pick<SimulateStep, 'name' | 'regimen'>,
  { library, model }: ModelSource,
  file: string,
): Regimen {
  const nothing = { name: 'none', doses: [] }
  if (regimen === undefined || regimen === 'none') return regimen === 'none' ? nothing : (library?.regimen ?? nothing)
  const expanded = expandDocument(regimen, model)
  if (expanded.ok) return expanded.regimen
  const [issue] = expanded.issues
  throw new InputError(file, `step ${name}: regimen.${issue?.path.join('.')}: ${issue?.message}`)
}

/** Rules of a treatment in the terms of its model, for the patient of its regimen. */
function rulesOf(
  { name, regimen }: Pick<SimulateStep, 'name' | 'regimen'>,
  rules: NonNullable<SimulateStep['rules']>,
  { model }: ModelSource,
  file: string,
): readonly DecisionRule[] {
  const patient = typeof regimen === 'object' ? regimen.patient : undefined
  return rulesFor(model, rules, patient ?? {}, (index, path, message) => {
    throw new InputError(file, `step ${name}: ${['rules', index, ...path].join('.')}: ${message}`)
  })
}

/** The state in which the runs of a step begin; throws an InputError for one that the model cannot have. */
export function startOf(
  { name, start }: Pick<SimulateStep, 'name' | 'start'>,
  { model }: ModelSource,
  file: string,
): { readonly startState?: StartState } {
  try {
    const startState = startStateOf(start, model)
    return startState === undefined ? {} : { startState }
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, `step ${name}: start: ${error.message}`)
    throw error
  }
}
