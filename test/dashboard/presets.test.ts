import { libraryModels, libraryShelves } from '@cartkin/cart-models'
import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Shelf {
  readonly title: string
  readonly models: readonly { readonly id: string; readonly title: string }[]
}

interface ReadyMade {
  readonly id: string
  readonly title: string
  readonly regimen: unknown
  readonly parameters: Readonly<Record<string, number>>
}

const { foundPresets }: { foundPresets(index: readonly Shelf[], catalogue: object, query: string): readonly Shelf[] } =
  await loadDashboard('state/preset-catalogue.ts')
const {
  openLibraryModel,
}: {
  openLibraryModel(library: object): {
    readonly readyMade: readonly ReadyMade[]
    readonly parameters: ReadonlyMap<string, unknown>
  }
} = await loadDashboard('state/open-library-model.ts')

describe('presets', () => {
  const catalogue = Object.fromEntries(libraryModels.map((model) => [model.id, { ...model, scenarios: [] }]))
  const ids = (query: string) =>
    foundPresets(libraryShelves, catalogue, query).flatMap(({ models }) => models.map(({ id }) => id))

  it('are all there without words, and those with every word, wherever it stands', () => {
    expect(ids('  ').length).toBe(libraryModels.length)
    expect(ids('TOCILIZUMAB')).toEqual(expect.arrayContaining(['tocilizumab', 'oncology-crs-care', 'lupus-crs-care']))
    expect(ids('tocilizumab lupus')).not.toContain('tocilizumab')
    expect(ids('no such words')).toEqual([])
  })

  it('have the scenarios of the library ready-made, of parameters that the model has', () => {
    for (const model of libraryModels) {
      const { readyMade, parameters } = openLibraryModel(model)
      expect(readyMade.map(({ id }) => id)).toEqual((model.scenarios ?? []).map(({ id }) => id))
      for (const scenario of readyMade)
        for (const name of Object.keys(scenario.parameters))
          expect(parameters.has(name), `${model.id} ${name}`).toBe(true)
    }
  })
})
