import type { LibraryModel, PanelDefinition, Trust } from '@cartkin/cart-models'
import { type Model, parseModel } from '@cartkin/model'
import { quantities } from '@cartkin/simulation'

/** A parameter as the parameter list shows it. */
export interface ParameterInfo {
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly value: number
  /** Smallest and largest value the model allows. */
  readonly lowest: number
  readonly highest: number
  readonly trust: Trust | null
  readonly source: string
}

export interface ParameterGroup {
  readonly name: string
  readonly parameters: readonly ParameterInfo[]
}

export interface QuantityInfo {
  readonly name: string
  readonly label: string
  readonly unit: string
}

/** A library model made ready for the screen: its text read once, its notes joined to what the text declares. */
export interface Project {
  readonly library: LibraryModel
  readonly model: Model
  readonly groups: readonly ParameterGroup[]
  readonly parameters: ReadonlyMap<string, ParameterInfo>
  readonly defaults: ReadonlyMap<string, number>
  readonly quantities: ReadonlyMap<string, QuantityInfo>
  readonly panels: readonly PanelDefinition[]
  readonly states: number
}

/** Reads a library model. Throws when its text has errors: a library model is part of the program. */
export function openProject(library: LibraryModel): Project {
  const parsed = parseModel(library.text)
  if (!parsed.ok)
    throw new Error(`library model ${library.id}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}`)
  const { model } = parsed
  const groups = new Map<string, ParameterInfo[]>()
  const parameters = new Map<string, ParameterInfo>()
  for (const { kind, name, label, unit, value, lower, upper } of model.parameters) {
    if (kind !== 'parameter') continue
    const note = library.parameters[name]
    const info: ParameterInfo = {
      name,
      label,
      unit,
      value,
      lowest: lower,
      highest: upper,
      trust: note?.trust ?? null,
      source: note?.source ?? 'No source is given in the library.',
    }
    const group = note?.group ?? 'Other'
    const members = groups.get(group)
    if (members) members.push(info)
    else groups.set(group, [info])
    parameters.set(name, info)
  }
  return {
    library,
    model,
    groups: [...groups].sort(unusedLast).map(([name, members]) => ({ name, parameters: members })),
    parameters,
    defaults: new Map([...parameters].map(([name, { value }]) => [name, value])),
    quantities: new Map(quantities(model).map((quantity) => [quantity.name, quantity])),
    panels: library.panels.slice(0, 4),
    states: model.states.length,
  }
}

/** Keeps the order of the text, but for parameters that nothing depends on. */
function unusedLast([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(a === 'Not used') - Number(b === 'Not used')
}
