import type { Regimen } from '@cartkin/simulation'

/** All that determines a course of a model, as plain data: it can be stored, linked and compared. */
export interface Scenario {
  /** Unique among the scenarios of a desk. */
  readonly id: string
  readonly name: string
  /** Which colour and dash it has, from 0: it keeps them when others go. */
  readonly look: number
  /** Whether its curves are drawn while another is active. */
  readonly shown: boolean
  readonly regimen: Regimen
  /** Time at which the run ends. */
  readonly horizon: number
  /** Values of the names that the text leaves open; of texts their codes. */
  readonly inputs: Readonly<Record<string, number>>
  /** Parameter values that differ from the text's. */
  readonly parameters: Readonly<Record<string, number>>
}

/** What a scenario of a model begins with. */
export interface ScenarioStart {
  readonly regimen: Regimen
  readonly horizon: number
}

/** The scenario with which a model is opened. */
export function firstScenario({ regimen, horizon }: ScenarioStart): Scenario {
  return { id: 's1', name: 'Scenario 1', look: 0, shown: true, regimen, horizon, inputs: {}, parameters: {} }
}

/** The scenario with parameters set; a value equal to the text's own is no difference. */
export function withParameters(
  scenario: Scenario,
  values: Readonly<Record<string, number>>,
  defaults: ReadonlyMap<string, number>,
): Scenario {
  const parameters: Record<string, number> = { ...scenario.parameters }
  for (const [name, value] of Object.entries(values)) {
    if (value === defaults.get(name)) delete parameters[name]
    else parameters[name] = value
  }
  return { ...scenario, parameters }
}

/** The scenario with an input set, or without a value for it. */
export function withInput(scenario: Scenario, name: string, value: number | null): Scenario {
  const inputs: Record<string, number> = { ...scenario.inputs }
  if (value === null) delete inputs[name]
  else inputs[name] = value
  return { ...scenario, inputs }
}

/** Whether two scenarios differ in nothing but parameters. */
export function sameSetting(a: Scenario, b: Scenario): boolean {
  return a.regimen === b.regimen && a.horizon === b.horizon && a.inputs === b.inputs
}

/** Whether two scenarios have one course, whatever they are called. */
export function sameCourse(a: Scenario, b: Scenario): boolean {
  return sameSetting(a, b) && a.parameters === b.parameters
}
