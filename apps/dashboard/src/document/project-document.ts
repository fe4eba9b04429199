import type { DataChoice } from './data-choice.ts'
import type { Desk } from './desk.ts'

/** Names the model of a person's own among those of the library. */
export const ownModel = 'your-model'

/**
 * Everything a person has made here, as plain data that is never changed in place: it is what undo goes back over, what is
 * saved, linked and put into a project file. Results are not in it; they follow from it.
 */
export interface ProjectDocument {
  readonly schema: 1
  /** As typed in the header; empty for the model's own title. */
  readonly name: string
  /** The model in use: a library model by its id, or `ownModel`. */
  readonly open: string
  /** The person's own model as it last was without errors; null before there is one. */
  readonly ownText: string | null
  /** The library model whose text it was made from; null where it was written anew. */
  readonly ownBase: string | null
  /** What stands in the editor of the person's own model where that is something else than `ownText`: it has errors, or is being typed; null where it is not. */
  readonly draft: string | null
  /** The data that models are held against; null before there are any. */
  readonly data: DataChoice | null
  /** What was chosen for each model that has been opened. */
  readonly desks: Readonly<Record<string, Desk>>
}

/** A project in which nothing has been done. */
export function blankProject(open: string): ProjectDocument {
  return { schema: 1, name: '', open, ownText: null, ownBase: null, draft: null, data: null, desks: {} }
}

/** The document with the desk of one model in another state. */
export function withDesk(document: ProjectDocument, model: string, desk: Desk): ProjectDocument {
  return { ...document, desks: { ...document.desks, [model]: desk } }
}
