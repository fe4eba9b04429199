/** Number of insertions, deletions and replacements that turn one text into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replace, previous[j]! + 1, current[j - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}

/** The name most like the wanted one, whatever its case: holding it, or at most half of its letters away; null when none is. */
export function nearestName(wanted: string, names: readonly string[]): string | null {
  const target = wanted.toLowerCase()
  let best: string | null = null
  let least = Math.floor(target.length / 2) + 1
  for (const name of names) {
    const candidate = name.slice(0, 100).toLowerCase()
    const distance = candidate.includes(target) ? 1 : editDistance(target, candidate)
    if (distance < least) {
      best = name
      least = distance
    }
  }
  return best
}
