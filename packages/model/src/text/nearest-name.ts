import { quote } from './quote.ts'

/**
 * The name among `candidates` nearest to `name` by Damerau–Levenshtein distance (optimal string alignment), or undefined
 * where none is near: at most a third of the letters may differ. A mere difference of case counts half a letter.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  return nearestWithin(name, candidates, { left: Number.POSITIVE_INFINITY })
}

/** The same with at most `effort.left` comparisons of letters, which it uses up; undefined where they do not suffice. */
export function nearestWithin(
  name: string,
  candidates: Iterable<string>,
  effort: { left: number },
): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 0.25
  const folded = name.toLowerCase()
  for (const candidate of candidates) {
    if (effort.left-- <= 0) return undefined
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue
    effort.left -= name.length * candidate.length
    if (effort.left <= 0) return undefined
    const distance = candidate.toLowerCase() === folded ? 0.5 : alignmentDistance(name, candidate)
    // one letter changed in a name of one letter is another name
    if (distance < bestDistance && (distance < Math.max(name.length, candidate.length) || distance === 0.5)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Whether two names differ by one letter or by case alone. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  return a.toLowerCase() === b.toLowerCase() || alignmentDistance(a, b) <= 1
}

/** " Did you mean `x`?" or nothing. */
export function didYouMean(
  name: string,
  candidates: Iterable<string>,
  effort = { left: Number.POSITIVE_INFINITY },
): string {
  const near = nearestWithin(name, candidates, effort)
  return near === undefined ? '' : ` Did you mean ${quote(near)}?`
}

function alignmentDistance(a: string, b: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      if (swapped) cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1)
      current.push(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
