import type { LibraryModel } from '@cartkin/cart-models'
import type { Model } from '@cartkin/model'

/** The residual error that the note of a library model gives, where its text has none: a line of the text, and where it is from. */
export function notedError(
  { errorModels }: Pick<Model, 'errorModels'>,
  library: Pick<LibraryModel, 'id' | 'fitting'> | null | undefined,
): { readonly errors: Readonly<Record<string, string>>; readonly note: string } {
  const found = library?.fitting
  if (found === undefined || errorModels.length > 0) return { errors: {}, note: '' }
  const { quantity, residual } = found
  const line = `lnorm(${residual.sd})`
  return {
    errors: { [quantity]: line },
    note: `residual error from the note of ${library?.id} on its fits: ${quantity} ~ ${line} (${residual.source})`,
  }
}
