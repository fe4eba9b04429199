import type { Model } from '@cartkin/model'
import { quantities, randomEffectsOf } from '@cartkin/simulation'
import { ownModel } from '../document/project-document.ts'
import { defaultQuantities } from './default-quantities.ts'
import type { OpenedModel, ParameterGroup, ParameterInfo } from './opened-model.ts'
import { parameterInfo } from './parameter-infos.ts'
import { quantityPanels } from './quantity-panels.ts'

/** Where parameters stand that the library's text does not have. */
const addedGroup = 'Added to the text'

/**
 * Makes an edited text of a library model ready: panels, endpoints, observations and sources of the library go with what
 * the text still has. Null where the text is another model: fewer than half of the library's states are left, or time
 * has another unit.
 */
export function openCopy(model: Model, base: OpenedModel): OpenedModel | null {
  const states = new Set(model.states.map(({ name }) => name))
  const left = base.model.states.filter(({ name }) => states.has(name)).length
  if (left * 2 < base.model.states.length || model.timeUnit !== base.model.timeUnit) return null
  const named = new Map(quantities(model).map((quantity) => [quantity.name, quantity]))
  const groups = copiedGroups(model, base)
  const parameters = new Map(groups.flatMap((group) => group.parameters.map((info) => [info.name, info])))
  const panels = base.panels
    .map((panel) => ({ ...panel, quantities: panel.quantities.filter((name) => named.has(name)) }))
    .filter((panel) => panel.quantities.length > 0)
  const { population, extinction } = base
  const drawn = population && 'parameters' in population ? population : null
  const isDrawn =
    drawn?.parameters.every(({ parameter }) => parameters.has(parameter)) &&
    Object.entries(drawn.ties)
      .flat()
      .every((name) => parameters.has(name))
  return {
    ...base,
    id: ownModel,
    isOwn: true,
    title: `${base.title} (edited)`,
    text: model.text,
    model,
    groups,
    parameters,
    defaults: new Map([...parameters].map(([name, { value }]) => [name, value])),
    inputs: model.parameters.filter(({ kind }) => kind === 'covariate'),
    quantities: named,
    panels: panels.length > 0 ? panels : quantityPanels(defaultQuantities(model), named),
    usuallyFixed: base.usuallyFixed.filter((name) => parameters.has(name)),
    endpoints: base.endpoints.filter(({ quantity }) => named.has(quantity)),
    observations: base.observations.filter(({ quantity }) => named.has(quantity)),
    readyMade: base.readyMade.filter(
      (scenario) =>
        scenario.regimen.doses.every(({ cmt }) => states.has(cmt)) &&
        Object.keys(scenario.parameters).every((name) => parameters.has(name)),
    ),
    population: drawn && isDrawn ? drawn : randomEffectsOf(model),
    extinction:
      extinction && named.has(extinction.quantity) && (named.has(extinction.birth) || parameters.has(extinction.birth))
        ? extinction
        : null,
  }
}

/** The groups of the library with the parameters that are left, then those that are new. */
function copiedGroups(model: Model, base: OpenedModel): readonly ParameterGroup[] {
  const infos = new Map(
    model.parameters
      .filter(({ kind }) => kind !== 'covariate')
      .map((parameter) => {
        const before = base.parameters.get(parameter.name)
        const info: ParameterInfo = {
          ...parameterInfo(parameter),
          evidence: before ? evidence(before, parameter.value) : null,
        }
        return [parameter.name, info]
      }),
  )
  const groups = base.groups.map((group) => ({
    ...group,
    parameters: group.parameters.flatMap(({ name }) => infos.get(name) ?? []),
  }))
  const added = [...infos.values()].filter(({ name }) => !base.parameters.has(name))
  return [...groups, { name: addedGroup, open: true, parameters: added }].filter(
    ({ parameters }) => parameters.length > 0,
  )
}

/** A source speaks of the library's value and of no other. */
function evidence({ value, unit, evidence: given }: ParameterInfo, present: number): ParameterInfo['evidence'] {
  if (given === null || value === present) return given
  return { trust: null, source: `Changed in the text. The library has ${value} ${unit}: ${given.source}` }
}
