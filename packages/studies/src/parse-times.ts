import { timeGrid } from '@cartkin/simulation'

/**
 * Times written as `FROM:TO:BY`, `FROM:TO` (by 1), single numbers, or several of these between commas; ascending, each
 * once. Throws a RangeError with the part that cannot be read.
 */
export function parseTimes(text: string): Float64Array {
  const times = text.split(',').flatMap((part) => {
    const [from, to, by, ...rest] = part.split(':').map(decimal)
    if (from === undefined || rest.length > 0) throw new RangeError(expected(part))
    if (to === undefined) return [from]
    return [...timeGrid(from, to, by ?? 1)]
  })
  return Float64Array.from(new Set(times)).sort()
}

function decimal(text: string): number {
  const value = Number(text)
  const plain = text !== '' && [...text].every((character) => '0123456789+-.eE'.includes(character))
  if (!(plain && Number.isFinite(value))) throw new RangeError(expected(text))
  return value
}

function expected(text: string): string {
  return `expected times as FROM:TO:BY, such as -5:365:0.25, or numbers between commas, got "${text}"`
}
