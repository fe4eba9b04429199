import type { ModelIndex } from './model-shelf.ts'

/** What is told of a library model before it is opened. */
export interface PresetFacts {
  /** What it is for. */
  readonly summary: string
  /** What to cite. */
  readonly citation: string
  /** Titles of the scenarios that come with it. */
  readonly scenarios: readonly string[]
}

/** Facts by the id of the model. */
export type PresetCatalogue = Readonly<Record<string, PresetFacts>>

/** The shelves with the models in which every word that is searched for occurs; shelves without any are left out. */
export function foundPresets(index: ModelIndex, catalogue: PresetCatalogue, query: string): ModelIndex {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return index
    .map(({ title, models }) => ({
      title,
      models: models.filter((model) => {
        const { summary = '', citation = '', scenarios = [] } = catalogue[model.id] ?? {}
        const text = [model.id, model.title, title, summary, citation, ...scenarios].join(' ').toLowerCase()
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter(({ models }) => models.length > 0)
}
