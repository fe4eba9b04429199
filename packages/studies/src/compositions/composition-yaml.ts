import type { LibraryModel } from '@cartkin/cart-models'
import { stringify } from 'yaml'
import type { WrittenComposition } from './composition-schema.ts'

/**
 * The composition file that makes the text of a library model that is made of others: to be copied and changed. Null for a
 * model that is not.
 */
export function compositionYaml({ title, parts }: LibraryModel): string | null {
  if (parts === undefined) return null
  const written: WrittenComposition = {
    name: title,
    parts: parts.map(({ model, id, prefix, rename, connect, drop }) => ({
      ...(id !== undefined && id !== model.id && { id }),
      model: model.id,
      ...(prefix !== undefined && { prefix }),
      ...(rename !== undefined && { rename }),
      ...(connect !== undefined && { connect }),
      ...(drop !== undefined && { drop }),
    })),
  }
  return stringify(written, { lineWidth: 120, flowCollectionPadding: true })
}
