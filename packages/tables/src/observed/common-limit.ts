/**
 * The limit of quantification of a list of censored values, each of which stands at its own: the most frequent one, the lowest
 * of several. Undefined of an empty list.
 */
export function commonLimit(censored: readonly number[]): number | undefined {
  const counts = new Map<number, number>()
  for (const value of censored) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [first] = [...counts].toSorted(([a, p], [b, q]) => q - p || a - b)
  return first?.[0]
}
