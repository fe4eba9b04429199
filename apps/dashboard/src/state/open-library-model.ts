import type { LibraryModel } from '@cartkin/cart-models'
import { parseModel } from '@cartkin/model'
import { openReadModel } from './open-read-model.ts'
import type { OpenedModel } from './opened-model.ts'

/** Reads a library model. Throws when its text has errors: a library model is part of the program. */
export function openLibraryModel(library: LibraryModel): OpenedModel {
  const parsed = parseModel(library.text)
  if (parsed.ok) return openReadModel(library, parsed.model)
  throw new Error(`library model ${library.id}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}`)
}
