import type { Scenario as LibraryScenario } from '@cartkin/cart-models'
import type { Scenario } from '@cartkin/compute'
import {
  type CovariateInTime,
  codedParameters,
  type DecisionRule,
  expandDocument,
  type Regimen,
  type StartState,
} from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import type { SimulateStep } from '../plan/plan.ts'
import { startStateOf } from '../plan/start-of.ts'
import { checkInputs } from '../subjects/check-inputs.ts'
import { rulesFor } from '../treatment/rule-schema.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** A treatment of a plan as a scenario: what is absent comes from the library model. `drawn`: inputs that get values otherwise. */
export function scenarioOf(
  step: Pick<SimulateStep, 'name' | 'scenario' | 'regimen' | 'rules' | 'parameters' | 'covariates' | 'start'>,
  source: ModelSource,
  { plan, file }: StudyContext,
  drawn: readonly string[] = [],
): Scenario {
  const covariates = plannedCovariates(step, source, file)
  const first = Object.fromEntries(
    covariates.flatMap(({ name, values: [value] }) => (value === undefined ? [] : [[name, value]])),
  )
  const parameters = { ...parametersOf(step, source, file), ...first }
  checkInputs(
    source,
    { parameters, names: drawn },
    ({ name }) => `give ${name} a value under \`parameters\` of step ${step.name}`,
  )
  return {
    text: source.text,
    parameters,
    ...(covariates.length > 0 && { covariates }),
    doses: { regimen: regimenOf(step, source, file) },
    ...(step.rules !== undefined && { rules: rulesOf(step, step.rules, source, file) }),
    ...(source.library?.extinction !== undefined && { extinction: source.library.extinction }),
    start: step.start?.time ?? source.library?.start ?? 0,
    ...startOf(step, source, file),
    solver: plan.solver,
  }
}

function parametersOf(
  { name, scenario, parameters }: Pick<SimulateStep, 'name' | 'scenario' | 'parameters'>,
  source: ModelSource,
  file: string,
) {
  const own = libraryScenario({ name, scenario }, source, file)?.parameters
  try {
    return codedParameters(source.model, { ...own, ...parameters })
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(file, `step ${name}: ${error.message}`)
    throw error
  }
}

/** The scenario of the library model that a step names; throws an InputError for one that it does not have. */
export function libraryScenario(
  { name, scenario }: { readonly name: string; readonly scenario?: string | undefined },
  { id, library }: ModelSource,
  file: string,
): LibraryScenario | undefined {
  if (scenario === undefined) return undefined
  const known = library?.scenarios ?? []
  const found = known.find((candidate) => candidate.id === scenario)
  if (found) return found
  const has = known.length === 0 ? 'it has none' : `it has ${known.map((candidate) => candidate.id).join(', ')}`
  throw new InputError(file, `step ${name}: scenario: ${id} has no scenario ${scenario}; ${has}`)
}

/** The covariates of a treatment, with codes for texts. */
function plannedCovariates(
  step: Pick<SimulateStep, 'name' | 'parameters' | 'covariates'>,
  source: ModelSource,
  file: string,
): readonly CovariateInTime[] {
  return Object.entries(step.covariates ?? {}).map(([name, { times, values, interpolation }]) => {
    if (!source.model.parameters.some((parameter) => parameter.name === name))
      throw new InputError(file, `step ${step.name}: covariates.${name}: the model has no input or parameter ${name}`)
    if (Object.hasOwn(step.parameters, name))
      throw new InputError(
        file,
        `step ${step.name}: ${name} stands under \`parameters\`, too; leave out one of the two`,
      )
    const coded = values.map(
      (value) => parametersOf({ name: step.name, parameters: { [name]: value } }, source, file)[name] ?? Number.NaN,
    )
    return { name, times, values: coded, interpolation }
  })
}

/** The regimen of a treatment in the terms of its model; throws an InputError for one that it cannot have. */
export function regimenOf(
  { name, scenario, regimen }: Pick<SimulateStep, 'name' | 'scenario' | 'regimen'>,
  source: ModelSource,
  file: string,
): Regimen {
  const nothing = { name: 'none', doses: [] }
  if (regimen === 'none') return nothing
  if (regimen === undefined)
    return libraryScenario({ name, scenario }, source, file)?.regimen ?? source.library?.regimen ?? nothing
  const expanded = expandDocument(regimen, source.model)
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
