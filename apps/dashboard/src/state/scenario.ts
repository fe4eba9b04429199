import type { RegimenDose } from '@cartkin/simulation'
import type { Project } from './project.ts'

/** Where a model comes from: the library, or a text of the person's own. */
export type ModelSource =
  | { readonly kind: 'library'; readonly id: string }
  | { readonly kind: 'text'; readonly text: string }

/**
 * All that determines what is simulated, as plain data: it can be stored, linked and compared.
 */
export interface Scenario {
  readonly schema: 1
  readonly source: ModelSource
  readonly doses: readonly RegimenDose[]
  /** Time at which the run ends. */
  readonly horizon: number
  /** Values of the names that the text leaves open; of texts their codes. */
  readonly inputs: Readonly<Record<string, number>>
  /** Parameter values that differ from the text's. */
  readonly parameters: Readonly<Record<string, number>>
}

/** A project as it is opened. */
export function firstScenario({ source, doses, horizon }: Project): Scenario {
  return { schema: 1, source, doses, horizon, inputs: {}, parameters: {} }
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
  return a.source === b.source && a.doses === b.doses && a.horizon === b.horizon && a.inputs === b.inputs
}
