import type { LibraryModel } from '@cartkin/cart-models'

/** The model of a new project; it is loaded without the rest of the library. */
export const firstModel = 'lupus-qsp'

/** Fetches a model of the library; rejects with a RangeError where there is none of this id. */
export async function loadLibraryModel(id: string): Promise<LibraryModel> {
  if (id === firstModel) return (await import('@cartkin/cart-models/lupus-qsp')).lupusQsp
  return (await import('@cartkin/cart-models/library')).libraryModel(id)
}
