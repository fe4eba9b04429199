import type { LibraryModel, LibraryShelf } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { ownModel, type ProjectDocument } from '../document/project-document.ts'
import { openLibraryModel } from './open-library-model.ts'
import { openText } from './open-text.ts'
import type { OpenedModel } from './opened-model.ts'

/** The models that can be opened, each read once. */
export interface ModelShelf {
  readonly shelves: readonly LibraryShelf[]
  /** The model that a document has open. Throws a RangeError where there is none. */
  opened(document: Pick<ProjectDocument, 'open' | 'ownText'>): OpenedModel
}

export function createModelShelf(shelves: readonly LibraryShelf[]): ModelShelf {
  const library = new Map<string, LibraryModel>(
    shelves.flatMap(({ models }) => models).map((model) => [model.id, model] as const),
  )
  const read = new Map<string, OpenedModel>()
  let own: OpenedModel | null = null

  const ownOf = (text: string | null): OpenedModel => {
    if (own && own.text === text) return own
    const parsed = text === null ? null : parseModel(text)
    if (!parsed?.ok) throw new RangeError('the project has no model of its own without errors')
    own = openText(parsed.model)
    return own
  }

  return {
    shelves,
    opened({ open, ownText }) {
      if (open === ownModel) return ownOf(ownText)
      const known = read.get(open)
      if (known) return known
      const model = library.get(open)
      if (!model) throw new RangeError(`no model "${open}"; there are ${[...library.keys()].join(', ')}`)
      const opened = openLibraryModel(model)
      read.set(open, opened)
      return opened
    },
  }
}
