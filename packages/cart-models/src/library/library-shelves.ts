import type { LibraryModel } from './library-model.ts'
import { libraryModels } from './library-models.ts'

/** Models of the library that belong together. */
export interface LibraryShelf {
  readonly title: string
  readonly models: readonly LibraryModel[]
}

/** The reference models, and those that are what is measured of them. */
const references = ['lupus-qsp', 'lupus-qsp-assays', 'oncology-qsp', 'oncology-qsp-assays']

const partsOfWholes = new Set(libraryModels.flatMap(({ parts = [] }) => parts.map(({ model }) => model.id)))

function shelfOf({ id, parts }: LibraryModel): string {
  if (references.includes(id)) return 'Reference models'
  const [first] = parts ?? []
  if (first && references.includes(first.model.id)) return 'Reference models with the systems around the cells'
  return first || partsOfWholes.has(id) ? 'Drugs and processes' : 'Published models'
}

/** Every model of the library, from the reference models over what is made of them to their parts and the published ones. */
export const libraryShelves: readonly LibraryShelf[] = [
  'Reference models',
  'Reference models with the systems around the cells',
  'Drugs and processes',
  'Published models',
].map((title) => ({
  title,
  models: libraryModels
    .filter((model) => shelfOf(model) === title)
    .toSorted((a, b) => references.indexOf(a.id) - references.indexOf(b.id)),
}))
