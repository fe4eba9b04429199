import type { LibraryModel } from '@cartkin/cart-models'
import { type ParseResult, parseModel } from '@cartkin/model'
import { ownModel, type ProjectDocument } from '../document/project-document.ts'
import { openCopy } from './open-copy.ts'
import { openLibraryModel } from './open-library-model.ts'
import { openText } from './open-text.ts'
import type { OpenedModel } from './opened-model.ts'

/** The models of the library, shelf by shelf. */
export type ModelIndex = readonly {
  readonly title: string
  readonly models: readonly { readonly id: string; readonly title: string }[]
}[]

/** Which model a document has open. */
export type ModelChoice = Pick<ProjectDocument, 'open' | 'ownText' | 'ownBase'>

/** The models that can be opened, each fetched and read once. */
export interface ModelShelf {
  readonly index: ModelIndex
  /** A text read by the language; those that were read last are remembered. */
  read(text: string): ParseResult
  /** The model that a document has open, where it is there already. */
  peek(document: ModelChoice): OpenedModel | null
  /** The same, fetched where it is not; rejects with a RangeError where there is none. */
  load(document: ModelChoice): Promise<OpenedModel>
}

/** So many own texts are remembered: undo and redo go between them. */
const mostRemembered = 6

export function createModelShelf(index: ModelIndex, fetch: (id: string) => Promise<LibraryModel>): ModelShelf {
  const library = new Map<string, OpenedModel>()
  const parsed = new Map<string, ParseResult>()
  const own = new Map<string, OpenedModel>()

  const read = (text: string): ParseResult =>
    remembered(parsed, text, () => {
      const same = library.values().find((opened) => opened.text === text)
      return same ? { ok: true, model: same.model } : parseModel(text)
    })

  const ownOf = (text: string | null, base: OpenedModel | null): OpenedModel =>
    remembered(own, `${base?.id ?? ''}\n${text ?? ''}`, () => {
      const result = text === null ? null : read(text)
      if (!result?.ok) throw new RangeError('the project has no model of its own without errors')
      return (base && openCopy(result.model, base)) ?? openText(result.model)
    })

  const fetched = async (id: string): Promise<OpenedModel> => {
    const known = library.get(id)
    if (known) return known
    const opened = openLibraryModel(await fetch(id))
    // two requests at once have one model
    const first = library.get(id) ?? opened
    library.set(id, first)
    return first
  }

  return {
    index,
    read,
    peek({ open, ownText, ownBase }) {
      if (open !== ownModel) return library.get(open) ?? null
      const base = ownBase === null ? null : library.get(ownBase)
      return base === undefined ? null : ownOf(ownText, base)
    },
    async load({ open, ownText, ownBase }) {
      if (open !== ownModel) return fetched(open)
      // the text stands without the library model that it came from
      return ownOf(ownText, ownBase === null ? null : await fetched(ownBase).catch(() => null))
    },
  }
}

function remembered<T>(values: Map<string, T>, key: string, make: () => T): T {
  const known = values.get(key)
  const value = known ?? make()
  values.delete(key)
  values.set(key, value)
  for (const oldest of values.keys()) {
    if (values.size <= mostRemembered) break
    values.delete(oldest)
  }
  return value
}
