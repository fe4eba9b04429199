import type { LibraryPart } from './library-model.ts'

/** The name in the whole of something that a part gives itself; undefined where it is connected or dropped. */
export function partName(
  { prefix = '', rename = {}, connect = {}, drop = [] }: Omit<LibraryPart, 'model' | 'id'>,
  own: string,
): string | undefined {
  if (Object.hasOwn(connect, own) || drop.includes(own)) return undefined
  return (Object.hasOwn(rename, own) ? rename[own] : undefined) ?? `${prefix}${own}`
}
