/**
 * All that determines what is simulated, as plain data: it can be stored, linked and compared.
 */
export interface Scenario {
  readonly schema: 1
  /** Identifier of a library model. */
  readonly preset: string
  /** Parameter values that differ from the preset's. */
  readonly parameters: Readonly<Record<string, number>>
}

export function presetScenario(preset: string): Scenario {
  return { schema: 1, preset, parameters: {} }
}

/** The scenario with parameters set; a value equal to the preset's own is no difference. */
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
