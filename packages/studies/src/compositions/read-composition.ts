import { dirname, resolve } from 'node:path'
import { type LibraryModel, libraryModels, taggedText } from '@cartkin/cart-models'
import { type CompositionProblem, composeModels, formatDiagnostic, nearestName } from '@cartkin/model'
import { decodeText } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'
import { readInput } from '../files/read-input.ts'
import { readYaml } from '../files/read-yaml.ts'
import { composedLibrary } from './composed-library.ts'
import { compositionSchema } from './composition-schema.ts'

/** The model that a composition file makes. */
export interface ComposedFile {
  readonly text: string
  /** What is worth a warning beside the warnings of the text itself. */
  readonly warnings: readonly string[]
  /** By id of the part: the name in the whole of each of its names. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** What is known of the whole beside its text, where its first part is a library model or made of such. */
  readonly library: LibraryModel | null
}

/** Most files of one composition, those of compositions inside it included. */
const mostFiles = 200

/** Whether a file is a composition by its name: `NAME.compose.yaml`. */
export function isComposition(file: string): boolean {
  const folded = file.toLowerCase()
  return ['.compose.yaml', '.compose.yml', '.compose.json'].some((ending) => folded.endsWith(ending))
}

/**
 * Reads a composition file and makes its text. Files of parts are looked for beside it. Throws an InputError with every
 * problem and its place.
 *
 * @param shown the file as messages name it.
 */
export function readComposition(path: string, shown: string): Promise<ComposedFile> {
  return composedFile(path, shown, { inside: [], files: { left: mostFiles } })
}

/** The compositions that one is inside of, and how many more files may be read for the outermost. */
interface Nesting {
  readonly inside: readonly string[]
  readonly files: { left: number }
}

async function composedFile(path: string, shown: string, { inside, files }: Nesting): Promise<ComposedFile> {
  if (inside.includes(path)) throw new InputError(shown, 'is a part of itself')
  const written = readYaml(compositionSchema, decodeText(await readInput(path, shown), shown), shown)
  const sources = await Promise.all(
    written.parts.map(({ model }) =>
      partSource(model, resolve(dirname(path), model), shown, { inside: [...inside, path], files }),
    ),
  )
  const parts = written.parts.map(({ model, ...part }, k) => ({ id: model, ...part, text: sources[k]?.text ?? '' }))
  const result = composeModels({ name: written.name, parts })
  const told = (problem: CompositionProblem) => {
    const index = parts.findIndex(({ id }) => id === problem.part)
    return tell(problem, shown, parts[index]?.text, written.parts[index]?.model)
  }
  if (!result.ok) throw new InputError(shown, ['cannot be composed', ...result.problems.map(told)].join('\n'))
  const { text, names, warnings } = result
  const library = composedLibrary(
    shown,
    written.name,
    parts.map((part, k) => ({ ...part, library: sources[k]?.library ?? null })),
  )
  return { text, names, library, warnings: warnings.filter(({ part }) => part !== '').map(told) }
}

async function partSource(
  model: string,
  path: string,
  shown: string,
  nesting: Nesting,
): Promise<Pick<ComposedFile, 'text' | 'library'>> {
  const library = libraryModels.find(({ id }) => id === model)
  // what leaves the library carries the trust of its values
  if (library !== undefined) return { text: taggedText(library), library }
  if (nesting.files.left-- <= 0) throw new InputError(shown, `its parts are more than ${mostFiles} files together`)
  if (isComposition(model)) return composedFile(path, model, nesting)
  try {
    return { text: decodeText(await readInput(path, model), model), library: null }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const ids = libraryModels.map(({ id }) => id)
    const nearest = nearestName(model, ids)
    const remedy = nearest === undefined ? `the library has ${ids.join(', ')}` : `did you mean ${nearest}?`
    throw new InputError(shown, `model ${model}: is not in the library (${remedy}), and as a file ${error.message}`)
  }
}

/** A problem with its place: in the text of the part, in one of its connections, or in the composed text. */
function tell(
  { severity, message, part, place }: CompositionProblem,
  shown: string,
  text: string | undefined,
  model: string | undefined,
): string {
  if (place === undefined) return `${shown}: ${severity}: ${part === '' ? '' : `part ${part}: `}${message}`
  const file =
    part === ''
      ? `${shown} (composed text)`
      : place.text === text && model !== undefined
        ? model
        : `${shown} (part ${part})`
  return formatDiagnostic(place.text, { severity, message, span: place.span }, file)
}
