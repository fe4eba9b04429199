import { DataError } from '../data-error.ts'
import type { DetectedFormat } from './delimited-text.ts'

type Delimiter = DetectedFormat['delimiter']

const CANDIDATES: readonly Delimiter[] = [',', ';', '\t']
const SAMPLE = 20

/** How often each character stands outside quotes in each of the first records; blank records and comments are left out. */
function countsByRecord(text: string, comments: boolean): readonly ReadonlyMap<string, number>[] {
  const records: Map<string, number>[] = []
  let counts = new Map<string, number>()
  let quoted = false
  let blank = true
  const finish = () => {
    if (!blank) records.push(counts)
    counts = new Map()
    blank = true
  }
  for (let i = 0; i < text.length && records.length < SAMPLE; i++) {
    const c = text[i]!
    if (comments && blank && !quoted && (c === '#' || c === '@') && isLineStart(text, i)) {
      while (i + 1 < text.length && text[i + 1] !== '\n' && text[i + 1] !== '\r') i++
      continue
    }
    if (c === '"') quoted = !quoted
    if (!quoted && (c === '\n' || c === '\r')) finish()
    else {
      blank = false
      if (!quoted) counts.set(c, (counts.get(c) ?? 0) + 1)
    }
  }
  finish()
  return records
}

function isLineStart(text: string, i: number): boolean {
  return i === 0 || text[i - 1] === '\n' || text[i - 1] === '\r'
}

/**
 * Finds what separates the cells: the candidate that stands in the header and equally often in each of the first 20 rows;
 * where several do or none does, the one most frequent in the header.
 *
 * @param comments whether lines that begin with `#` or `@` are comments.
 * @throws DataError when none stands in the header, or two cannot be told apart.
 */
export function detectDelimiter(text: string, file: string, comments = false): Delimiter {
  const [header, ...rows] = countsByRecord(text, comments)
  const present = CANDIDATES.filter((candidate) => header?.has(candidate))
  const even = present.filter((candidate) => rows.every((row) => row.get(candidate) === header?.get(candidate)))
  const ranked = (even.length > 0 ? even : present).toSorted((a, b) => (header?.get(b) ?? 0) - (header?.get(a) ?? 0))
  const [best, second] = ranked
  if (best === undefined)
    throw new DataError({
      file,
      position: { line: 1, column: 1 },
      problem: 'the file has only one column',
      expected: 'cells must be separated by a comma, a semicolon or a TAB',
    })
  if (second !== undefined && header?.get(best) === header?.get(second))
    throw new DataError({
      file,
      position: { line: 1, column: 1 },
      problem: `cells could be separated by ${JSON.stringify(best)} or by ${JSON.stringify(second)}`,
      expected: 'use one of them alone, and put names that hold the other in quotes',
    })
  return best
}
