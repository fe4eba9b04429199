import type { EventColumns, StandardColumn } from './event-columns.ts'

/** What a column of a file is taken for. */
export interface ColumnMeaning {
  readonly header: string
  /** The standard column that it stands for, or what else it is. */
  readonly meaning: StandardColumn | 'covariate' | 'text' | 'mark' | 'ignored'
  /** Empty where the file does not say one. */
  readonly unit: string
}

/** What each column was taken for, by its index and header. */
export function columnMeanings(
  { standard, marks }: EventColumns,
  endpoint: number | undefined,
  textColumns: ReadonlySet<string>,
  others: readonly number[],
): (index: number, header: string) => ColumnMeaning['meaning'] {
  const names = new Map([...standard].map(([name, index]) => [index, name] as const))
  return (index, header) => {
    if (index === endpoint) return 'ENDPOINT'
    const name = names.get(index)
    if (name !== undefined) return name
    if (!others.includes(index)) return index === marks ? 'mark' : 'ignored'
    return textColumns.has(header) ? 'text' : 'covariate'
  }
}
