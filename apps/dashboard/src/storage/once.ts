/** What is made once; a failure is no end. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  const held: { made?: Promise<T> } = {}
  return () => {
    held.made ??= make().catch((error: unknown) => {
      delete held.made
      throw error
    })
    return held.made
  }
}
