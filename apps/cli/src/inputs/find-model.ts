import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type LibraryModel, libraryModels } from '@cartkin/cart-models'
import { formatDiagnostic, type Model, nearestName, parseModel } from '@cartkin/model'
import { readInput } from '@cartkin/studies'
import { decodeText } from '@cartkin/tables'
import { BadInput, Misuse } from '../failure.ts'
import type { Io } from '../io.ts'

/** The text that MODEL names. */
export interface FoundModel {
  /** Library id, or the file as it was given. */
  readonly name: string
  readonly text: string
  readonly library: LibraryModel | null
}

/** A model of the library by its id, or a file of model text. */
export async function findModel(name: string, io: Io): Promise<FoundModel> {
  const library = libraryModels.find(({ id }) => id === name)
  if (name === '') throw new Misuse('MODEL is empty; name a model of the library or a file')
  if (library) return { name, text: library.text, library }
  if (!looksLikePath(name)) {
    const ids = libraryModels.map(({ id }) => id)
    const isThere = await stat(resolve(io.folder, name)).catch(() => null)
    if (isThere) return { name, text: decodeText(await readInput(resolve(io.folder, name), name), name), library: null }
    const nearest = nearestName(name, ids)
    throw new BadInput(
      `${name}: there is no such file, and no such model in the library; ${nearest === undefined ? `it has ${ids.join(', ')}` : `did you mean ${nearest}?`}`,
    )
  }
  return { name, text: decodeText(await readInput(resolve(io.folder, name), name), name), library: null }
}

function looksLikePath(name: string): boolean {
  return name.includes('/') || name.includes('\\') || name.includes('.')
}

/** The checked model; throws BadInput with every diagnostic of its text. */
export function checkedModel({ name, text }: FoundModel): Model {
  const parsed = parseModel(text)
  if (parsed.ok) return parsed.model
  throw new BadInput(parsed.diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic, name)).join('\n'))
}
