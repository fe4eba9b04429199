import type { LibraryModel } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { ownModel, type ProjectDocument } from '../document/project-document.ts'
import { openLibraryModel } from './open-library-model.ts'
import { openText } from './open-text.ts'
import type { OpenedModel } from './opened-model.ts'

/** The models of the library, shelf by shelf. */
export type ModelIndex = readonly {
  readonly title: string
  readonly models: readonly { readonly id: string; readonly title: string }[]
}[]

/** Which model a document has open. */
export type ModelChoice = Pick<ProjectDocument, 'open' | 'ownText'>

/** The models that can be opened, each fetched and read once. */
export interface ModelShelf {
  readonly index: ModelIndex
  /** The model that a document has open, where it is there already. */
  peek(document: ModelChoice): OpenedModel | null
  /** The same, fetched where it is not; rejects with a RangeError where there is none. */
  load(document: ModelChoice): Promise<OpenedModel>
}

export function createModelShelf(index: ModelIndex, fetch: (id: string) => Promise<LibraryModel>): ModelShelf {
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
    index,
    peek: ({ open, ownText }) => (open === ownModel ? ownOf(ownText) : (read.get(open) ?? null)),
    async load({ open, ownText }) {
      if (open === ownModel) return ownOf(ownText)
      const known = read.get(open)
      if (known) return known
      const opened = openLibraryModel(await fetch(open))
      // two requests at once have one model
      const first = read.get(open) ?? opened
      read.set(open, first)
      return first
    },
  }
}
