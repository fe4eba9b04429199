import type { LibraryModel } from '@cartkin/cart-models'
import type { Model } from '@cartkin/model'
import { quantities, randomEffectsOf } from '@cartkin/simulation'
import { bandTimes, courseTimes } from './course-times.ts'
import { distinctRegimens } from './distinct-regimens.ts'
import { fittedNames, fixedBut } from './fitted-names.ts'
import type { OpenedModel, ParameterInfo } from './opened-model.ts'
import { parameterInfo } from './parameter-infos.ts'

/** Ends of views of a library model, days. */
const windows = [28, 90, 180, 365] as const

/** Groups open at first: what a modeller reaches for before anything else. */
const openAtFirst = ['Patient and dose', 'CAR-T cells']

/** Makes a model of the library, as the language has read its text, ready for the screen. */
export function openReadModel(library: LibraryModel, model: Model): OpenedModel {
  const { id, title, reference, text, start, horizon, regimen } = library
  const groups = new Map<string, ParameterInfo[]>()
  const parameters = new Map<string, ParameterInfo>()
  for (const parameter of model.parameters) {
    if (parameter.kind !== 'parameter') continue
    const note = library.parameters[parameter.name]
    const info: ParameterInfo = {
      ...parameterInfo(parameter),
      evidence: { trust: note?.trust ?? null, source: note?.source ?? 'No source is given in the library.' },
    }
    const group = note?.group ?? 'Other'
    const members = groups.get(group)
    if (members) members.push(info)
    else groups.set(group, [info])
    parameters.set(parameter.name, info)
  }
  return {
    id,
    origin: id,
    isOwn: false,
    title,
    reference,
    text,
    model,
    timeUnit: 'day',
    start,
    horizon,
    regimen,
    regimens: distinctRegimens([regimen, ...(library.scenarios ?? []).map((scenario) => scenario.regimen)]),
    windows: (end) => windows.filter((time) => time < end),
    // half a year holds expansion, the return of B cells and the response of the disease; a shorter run is shown by half
    firstWindow: horizon > 180 ? 180 : 90,
    times: (end) => courseTimes(start, end),
    bandTimes: (end) => bandTimes(start, end),
    groups: [...groups].sort(unusedLast).map(([name, members]) => ({
      name,
      open: openAtFirst.includes(name) || groups.size === 1,
      parameters: members,
    })),
    parameters,
    defaults: new Map([...parameters].map(([name, { value }]) => [name, value])),
    inputs: [],
    quantities: new Map(quantities(model).map((quantity) => [quantity.name, quantity])),
    panels: library.panels.slice(0, 4),
    endpoints: library.endpoints,
    observations: library.observations,
    readyMade: (library.scenarios ?? []).map(({ id, title, regimen, parameters, notes = {} }) => ({
      id,
      title,
      regimen,
      parameters,
      source: [...new Set(Object.values(notes).map(({ source }) => source))].join('; '),
    })),
    population: library.population ?? randomEffectsOf(model),
    fitting: library.fitting ?? null,
    usuallyFixed: fixedBut(
      parameters.keys(),
      library.fitting?.estimated.map(({ name }) => name) ?? fittedNames[id] ?? [],
    ),
    extinction: library.extinction ?? null,
  }
}

/** Keeps the order of the text, but for parameters that nothing depends on. */
function unusedLast([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Number(a === 'Not used') - Number(b === 'Not used')
}
