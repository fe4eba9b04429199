import type { LibraryModel } from '@cartkin/cart-models'
import type { Model } from '@cartkin/model'

/** The model of a new project; it is loaded without the rest of the library, and the build has read its text. */
export const firstModel = 'lupus-qsp'

/** A model of the library, and its text as the language reads it where that is known already. */
export type FetchedModel = LibraryModel & { readonly model?: Model }

/** Fetches a model of the library; rejects with a RangeError where there is none of this id. */
export async function loadLibraryModel(id: string): Promise<FetchedModel> {
  if (id !== firstModel) return (await import('@cartkin/cart-models/library')).libraryModel(id)
  const { lupusQsp, model } = await import('./first-model.ts')
  return { ...lupusQsp, model: { ...model, text: lupusQsp.text } }
}
