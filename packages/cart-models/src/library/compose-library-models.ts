import { type CompositionResult, composeModels } from '@cartkin/model'
import { type ExtinctionRule, type Regimen, renameRegimen } from '@cartkin/simulation'
import { composedEndpoints } from './composed-endpoints.ts'
import { composedPopulation } from './composed-population.ts'
import type { LibraryComposition } from './library-composition.ts'
import type { LibraryModel, LibraryPart, Observation, PanelDefinition, ParameterNote } from './library-model.ts'
import { partName } from './part-name.ts'

type Composed = CompositionResult & { readonly ok: true }

/**
 * A library model made of library models: its text is the composed one, every parameter keeps its source and trust, and
 * every quantity that is still there its endpoints and observations, under the names of the whole. An endpoint whose name
 * an earlier part has takes the prefix of its own part.
 *
 * Text, notes, population and a regimen that is not given are made when they are first asked for; asking throws an Error with every problem of a
 * composition that fails.
 */
export function composeLibraryModels(composition: LibraryComposition): LibraryModel {
  const { start, horizon, regimen, panels, endpoints = [], observations = [], ...given } = composition
  const { parts, population, populationNote, ...own } = given
  const [{ model: first, ...named }] = parts
  const composed = once(() => compose(composition))
  const notes = once(() => composedNotes(parts, composed()))
  const drawn = once(() => population ?? composedPopulation(parts, (name) => Object.hasOwn(notes(), name)))
  const note = populationNote ?? composedPopulationNote(parts)
  const model: LibraryModel = {
    ...own,
    parts,
    text: '',
    parameters: {},
    regimen: regimen ?? first.regimen,
    panels: panels ?? composedPanels(named, first.panels),
    start: start ?? first.start,
    horizon: horizon ?? first.horizon,
    endpoints: composedEndpoints(parts, endpoints),
    observations: [...composedObservations(parts), ...observations],
    ...(first.extinction !== undefined && { extinction: composedExtinction(named, first.extinction) }),
    ...(note !== undefined && { populationNote: note }),
  }
  return withGetters(model, {
    text: () => composed().text,
    parameters: notes,
    ...(regimen === undefined && { regimen: once(() => composedRegimen(named.id ?? first.id, first, composed())) }),
    ...(note !== undefined && { population: drawn }),
  })
}

/** The value of `make`, made at the first call. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Gives the object properties whose values are made when they are read. */
function withGetters<T extends object>(object: T, getters: { readonly [K in keyof T]?: () => T[K] }): T {
  for (const [name, get] of Object.entries<(() => unknown) | undefined>(getters)) {
    if (get !== undefined) Object.defineProperty(object, name, { get, enumerable: true })
  }
  return object
}

function compose({ id, title, parts }: LibraryComposition): Composed {
  const result = composeModels({
    name: title,
    parts: parts.map(({ model, ...part }) => ({ ...part, id: part.id ?? model.id, text: model.text })),
  })
  if (result.ok) return result
  throw new Error(
    `the library's ${id} cannot be composed:\n${result.problems.map(({ part, message }) => `${part}: ${message}`).join('\n')}`,
  )
}

function composedNotes(parts: readonly LibraryPart[], { model }: Composed): Readonly<Record<string, ParameterNote>> {
  const notes = new Map<string, ParameterNote>()
  for (const {
    model: { parameters },
    ...part
  } of parts) {
    for (const [own, note] of Object.entries(parameters)) {
      const name = partName(part, own)
      if (name !== undefined) notes.set(name, note)
    }
  }
  return Object.fromEntries(
    model.parameters.flatMap(({ name }) => {
      const note = notes.get(name)
      return note === undefined ? [] : [[name, note]]
    }),
  )
}

/** The doses of a part into what is still there. */
function composedRegimen(id: string, { regimen }: LibraryModel, { names }: Composed): Regimen {
  const own = names.get(id) ?? new Map<string, string>()
  return renameRegimen({ ...regimen, doses: regimen.doses.filter(({ cmt }) => own.has(cmt)) }, own)
}

function composedPanels(
  part: Omit<LibraryPart, 'model'>,
  panels: readonly PanelDefinition[],
): readonly PanelDefinition[] {
  return panels.flatMap((panel) => {
    const quantities = panel.quantities.flatMap((quantity) => partName(part, quantity) ?? [])
    return quantities.length === 0 ? [] : [{ ...panel, quantities }]
  })
}

function composedObservations(parts: readonly LibraryPart[]): readonly Observation[] {
  return parts.flatMap(({ model, ...part }) =>
    model.observations.flatMap((observation) => {
      const quantity = partName(part, observation.quantity)
      return quantity === undefined ? [] : [{ ...observation, quantity }]
    }),
  )
}

function composedExtinction(part: Omit<LibraryPart, 'model'>, rule: ExtinctionRule): ExtinctionRule {
  const name = (own: string): string => partName(part, own) ?? own
  return { ...rule, quantity: name(rule.quantity), birth: name(rule.birth), death: name(rule.death) }
}

/** The least trusted of the parts' notes, with the sources of all. */
function composedPopulationNote(parts: readonly LibraryPart[]): LibraryModel['populationNote'] {
  const notes = parts.flatMap(({ model }) =>
    model.populationNote === undefined ? [] : [{ ...model.populationNote, title: model.title }],
  )
  const [only, ...more] = notes
  if (only === undefined) return undefined
  if (more.length === 0) return { trust: only.trust, source: only.source }
  const least = notes.reduce((a, b) => (weakness.indexOf(b.trust) > weakness.indexOf(a.trust) ? b : a))
  return { trust: least.trust, source: notes.map(({ title, source }) => `${title}: ${source}`).join('; ') }
}

/** From the best to the least trusted. */
const weakness: readonly ParameterNote['trust'][] = [
  'found',
  'found-secondary',
  'derived',
  'fitted',
  'memory',
  'assumption',
]
