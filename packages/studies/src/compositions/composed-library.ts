import { composeLibraryModels, type LibraryModel } from '@cartkin/cart-models'
import type { CompositionPart } from '@cartkin/model'

/** A part of a composition file, and what the library knows of it. */
export interface KnownPart extends CompositionPart {
  readonly library: LibraryModel | null
}

/**
 * What is known of a whole beside its text: trust and source of the values that come from the library, endpoints,
 * observations and virtual patients of its parts, and start, regimen and panels of the first. Null where the first part is
 * a bare text, since nothing is known then of how such a model is used.
 *
 * @param id the file as messages name it.
 */
export function composedLibrary(id: string, title: string, parts: readonly KnownPart[]): LibraryModel | null {
  const [first, ...others] = parts
  if (!first?.library) return null
  const known = parts.flatMap(({ library }) => library ?? [])
  const joined = (read: (model: LibraryModel) => string) => [...new Set(known.map(read))].join('; ')
  return composeLibraryModels({
    id,
    title,
    summary: `Made of ${parts.map((part) => part.library?.title ?? part.id).join(', ')}.`,
    parts: [asLibraryPart(first), ...others.map(asLibraryPart)],
    reference: joined(({ reference }) => reference),
    citation: joined(({ citation }) => citation),
    limits: [...new Set(known.flatMap(({ limits }) => limits))],
    targets: [],
  })
}

function asLibraryPart({ library, text, ...part }: KnownPart) {
  return { ...part, model: library ?? bareModel(part.id, text) }
}

/** A text of which nothing else is known. */
function bareModel(id: string, text: string): LibraryModel {
  return {
    id,
    title: id,
    summary: '',
    text,
    reference: '',
    citation: '',
    limits: [],
    start: 0,
    horizon: 0,
    regimen: { name: 'none', doses: [] },
    parameters: {},
    panels: [],
    endpoints: [],
    observations: [],
    targets: [],
  }
}
