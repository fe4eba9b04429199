import { resolve } from 'node:path'
import { libraryModels } from '@cartkin/cart-models'
import { formatDiagnostic, nearestName, parseModel } from '@cartkin/model'
import { decodeText } from '@cartkin/tables'
import { isComposition, readComposition } from '../compositions/read-composition.ts'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import type { ModelSource } from './step-result.ts'
import type { StudyContext } from './study-context.ts'

/** The model that a plan names: of the library, or a file of model text or a composition beside the plan. */
export async function modelSource(
  id: string,
  { folder, file }: Pick<StudyContext, 'folder' | 'file'>,
): Promise<ModelSource> {
  const { text, library } = await foundModel(id, folder, file)
  const parsed = parseModel(text)
  if (parsed.ok) return { id, text, library, model: parsed.model }
  const { line = 1, column = 1 } = parsed.diagnostics[0]?.span ?? {}
  const told = parsed.diagnostics.map((diagnostic) => formatDiagnostic(text, diagnostic, id)).join('\n')
  throw new InputError(id, told.slice(`${id}:${line}:${column}: `.length), { line, column })
}

async function foundModel(id: string, folder: string, file: string): Promise<Pick<ModelSource, 'text' | 'library'>> {
  const library = libraryModels.find((model) => model.id === id)
  if (library !== undefined) return { text: library.text, library }
  if (isComposition(id)) return readComposition(resolve(folder, id), id)
  try {
    return { text: decodeText(await readInput(resolve(folder, id), id), id), library: null }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const ids = libraryModels.map((model) => model.id)
    const nearest = nearestName(id, ids)
    const remedy = nearest === undefined ? `the library has ${ids.join(', ')}` : `did you mean ${nearest}?`
    throw new InputError(file, `model ${id}: is not in the library (${remedy}), and as a file ${error.message}`)
  }
}
