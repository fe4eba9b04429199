import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type LibraryModel, libraryModels } from '@cartkin/cart-models'
import { formatDiagnostic, type Model, nearestName, parseModel } from '@cartkin/model'
import { isComposition, readComposition, readInput } from '@cartkin/studies'
import { decodeText } from '@cartkin/tables'
import { BadInput, Misuse } from '../failure.ts'
import type { Io } from '../io.ts'

/** The text that MODEL names. */
export interface FoundModel {
  /** Library id, or the file as it was given. */
  readonly name: string
  readonly text: string
  /** Of a library model, or a composition whose first part is one. */
  readonly library: LibraryModel | null
  /** Of a composition file: the text is what it makes, already in canonical form and with headings. */
  readonly composed?: { readonly warnings: readonly string[] }
}

/** What messages call the text: the file, or what it makes. */
export function textName({ name, composed }: FoundModel): string {
  return composed === undefined ? name : `${name} (composed text)`
}

/** A model of the library by its id, or a file of model text or a composition. */
export async function findModel(name: string, io: Io): Promise<FoundModel> {
  const library = libraryModels.find(({ id }) => id === name)
  if (name === '') throw new Misuse('MODEL is empty; name a model of the library or a file')
  if (library) return { name, text: library.text, library }
  if (isComposition(name)) {
    const { text, warnings, library } = await readComposition(resolve(io.folder, name), name)
    return { name, text, library, composed: { warnings } }
  }
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

/** Tells what is worth a warning about a model that is used. */
export function tellWarnings(found: FoundModel, model: Model, io: Io): void {
  for (const warning of found.composed?.warnings ?? []) io.note(`${warning}\n`)
  for (const warning of model.warnings) io.note(`${formatDiagnostic(found.text, warning, textName(found))}\n`)
}

/** The checked model; throws BadInput with every diagnostic of its text. */
export function checkedModel(found: FoundModel): Model {
  const { text } = found
  const parsed = parseModel(text)
  if (parsed.ok) return parsed.model
  throw new BadInput(
    parsed.diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic, textName(found))).join('\n'),
  )
}
