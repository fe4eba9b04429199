import type { ParseResult } from '@cartkin/model'
import { ownModel, type ProjectDocument } from '../document/project-document.ts'
import type { FetchedModel } from './load-library-model.ts'
import { openCopy } from './open-copy.ts'
import { openReadModel } from './open-read-model.ts'
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
  /** A text read by the language; those that were read last are remembered. Null while the language is not there. */
  read(text: string): ParseResult | null
  /** Fetches the language, once; rejects where that cannot be done, and may be called again. */
  loadLanguage(): Promise<void>
  /** The model that a document has open, where it is there already. */
  peek(document: ModelChoice): OpenedModel | null
  /** The same, fetched where it is not; rejects with a RangeError where there is none. */
  load(document: ModelChoice): Promise<OpenedModel>
}

type Language = typeof import('./language.ts')

/** So many own texts are remembered: undo and redo go between them. */
const mostRemembered = 6

/** @param fetch a model of the library by its id; the language is fetched where it comes as a text alone */
export function createModelShelf(index: ModelIndex, fetch: (id: string) => Promise<FetchedModel>): ModelShelf {
  const held: { language?: Language } = {}
  const library = new Map<string, OpenedModel>()
  const parsed = new Map<string, ParseResult>()
  const own = new Map<string, OpenedModel>()

  const language = async (): Promise<Language> => {
    held.language ??= await import('./language.ts')
    return held.language
  }

  const read = (text: string): ParseResult | null =>
    remembered(parsed, text, () => {
      const same = library.values().find((opened) => opened.text === text)
      return same ? { ok: true, model: same.model } : (held.language?.parseModel(text) ?? null)
    })

  const ownOf = (text: string | null, base: OpenedModel | null): OpenedModel | null =>
    remembered(own, `${base?.id ?? ''}\n${text ?? ''}`, () => {
      const result = text === null ? undefined : read(text)
      if (result === null) return null
      if (!result?.ok) throw new RangeError('the project has no model of its own without errors')
      return (base && openCopy(result.model, base)) ?? openText(result.model)
    })

  const fetched = async (id: string): Promise<OpenedModel> => {
    const known = library.get(id)
    if (known) return known
    const { model, ...text } = await fetch(id)
    const opened = model ? openReadModel(text, model) : (await language()).openLibraryModel(text)
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
      const base = ownBase === null ? null : await fetched(ownBase).catch(() => null)
      await language()
      const opened = ownOf(ownText, base)
      if (!opened) throw new Error('the language has read nothing')
      return opened
    },
    async loadLanguage() {
      await language()
    },
  }
}

/** The value of this key, made where there is none; what cannot be made yet is not remembered. */
function remembered<T>(values: Map<string, T>, key: string, make: () => T | null): T | null {
  const known = values.get(key)
  const value = known ?? make()
  if (value === null) return null
  values.delete(key)
  values.set(key, value)
  for (const oldest of values.keys()) {
    if (values.size <= mostRemembered) break
    values.delete(oldest)
  }
  return value
}
