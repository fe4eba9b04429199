import type { StandardColumn } from '@cartkin/tables'

/** How zeros of a quantity on a logarithmic scale count where the data do not say a limit: as below the smallest value, or as they stand. */
export type Zeros = 'below' | 'kept'

/** Data that were chosen, and how they are read. The file itself is kept beside the document, by its hash. */
export interface DataChoice {
  /** Name of the file. */
  readonly name: string
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
  /** Sources and licence of data that come with the page; empty for a person's own. */
  readonly attribution: string
  /** Headers that stand for a standard column, by its name; all others are guessed. */
  readonly columns: Readonly<Partial<Record<StandardColumn, string>>>
  /** Headers that are left out. */
  readonly ignored: readonly string[]
  /** null: what the numbers say. */
  readonly decimal: '.' | ',' | null
  /** Whether the values are natural logarithms. */
  readonly logarithmic: boolean
  /** Further texts that stand for no value, such as -99. */
  readonly missing: readonly string[]
  /** Unit of the times; empty for what the file says, else that of the model. */
  readonly timeUnit: string
  /** Lower limits of quantification by endpoint, in the unit of its values; that of '' is for data without endpoints. */
  readonly limits: Readonly<Record<string, number>>
  /** Units of values by endpoint, where they are not those that the file says. */
  readonly units: Readonly<Record<string, string>>
  readonly zeros: Zeros
  /** Rows (lines of the file) that are left out, ascending. */
  readonly excluded: readonly number[]
  /** Column that groups the subjects; null for none. */
  readonly group: string | null
}

/** Most rows that can be left out one by one. */
export const mostExcluded = 100_000

/** Data as they are read at first: all is guessed. */
export function firstChoice(file: Pick<DataChoice, 'name' | 'hash' | 'size' | 'attribution'>): DataChoice {
  return {
    ...file,
    columns: {},
    ignored: [],
    decimal: null,
    logarithmic: false,
    missing: [],
    timeUnit: '',
    limits: {},
    units: {},
    zeros: 'below',
    excluded: [],
    group: null,
  }
}

/** The choice with a column taken for a standard one, as it stands (`covariate`), or left out. */
export function withColumn(
  choice: DataChoice,
  header: string,
  meaning: StandardColumn | 'covariate' | 'ignored',
): DataChoice {
  const others = Object.entries(choice.columns).filter(([name, other]) => other !== header && name !== meaning)
  const ignored = choice.ignored.filter((other) => other !== header)
  if (meaning === 'ignored') return { ...choice, columns: Object.fromEntries(others), ignored: [...ignored, header] }
  if (meaning === 'covariate') return { ...choice, columns: Object.fromEntries(others), ignored }
  return { ...choice, columns: { ...Object.fromEntries(others), [meaning]: header }, ignored }
}

/** The choice with rows left out, or taken in again. */
export function withExcluded(choice: DataChoice, lines: readonly number[], leaveOut: boolean): DataChoice {
  const named = new Set(lines)
  const others = choice.excluded.filter((line) => !named.has(line))
  const excluded = leaveOut ? [...others, ...named].sort((a, b) => a - b) : others
  return { ...choice, excluded: excluded.slice(0, mostExcluded) }
}
