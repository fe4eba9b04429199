import { timeGrid } from '@cartkin/simulation'

/**
 * Times written as `FROM:TO:BY`, `FROM:TO` (by 1), single numbers, or several of these between commas; ascending, each
 * once. Throws a RangeError with the part that cannot be read.
 */
export function parseTimes(text: string): Float64Array {
  const parts = text.split(',').map((part) => {
    const [from, to, by, ...rest] = part.split(':').map(decimal)
    if (from === undefined || rest.length > 0) throw new RangeError(expected(part))
    return to === undefined ? Float64Array.of(from + 0) : timeGrid(from, to, by ?? 1)
  })
  const [only] = parts
  return only && parts.length === 1 ? only : merged(parts)
}

/** All times in order, each once. */
function merged(parts: readonly Float64Array[]): Float64Array {
  const times = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    times.set(part, at)
    at += part.length
  }
  return times.sort().filter((time, k) => k === 0 || time !== times[k - 1])
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
