import type { DelimitedText } from '../cells/delimited-text.ts'
import { restoreFormulaText } from '../cells/formula-text.ts'
import { isMissing } from '../cells/missing-value.ts'
import { type CellColumn, cellColumn, numberColumn } from '../cells/number-column.ts'
import { parseNumber } from '../cells/parse-number.ts'
import { DataError } from '../data-error.ts'

/** A column of the data that has one number per subject, or numbers that change from row to row. */
export interface Covariate {
  readonly name: string
  /** By subject: its value, or the first of them; null where none of the subject's rows has one. */
  readonly values: readonly (number | null)[]
  /** By subject: its values by row, where they change; null where there is but one. */
  readonly changes: readonly (readonly (number | null)[] | null)[]
  /** Says that the first row of a subject has no value; undefined where it has one. */
  missingAtStart(subject: number): DataError | undefined
  /** Of a column of texts: those that `levels` does not name, with the codes that follow theirs. */
  readonly furtherLevels: readonly string[]
}

/** Rows of one subject, from `from` up to, not including, `to`. */
export interface RowBlock {
  readonly id: string
  readonly from: number
  readonly to: number
}

function isTextColumn(text: DelimitedText, { cells }: CellColumn): boolean {
  const present = cells.filter((cell) => !isMissing(cell.text))
  return present.length > 0 && present.every((cell) => parseNumber(cell.text, text.format.decimalSeparator) === null)
}

/** What a column says of the subjects. */
function bySubject(
  text: DelimitedText,
  blocks: readonly RowBlock[],
  { header, cells }: CellColumn,
  values: readonly (number | null)[],
): Omit<Covariate, 'name' | 'furtherLevels'> {
  const own = blocks.map(({ from, to }) => values.slice(from, to))
  const changes = own.map((rows) => (new Set(rows.filter((value) => value !== null)).size > 1 ? rows : null))
  return {
    values: own.map((rows) => rows.find((value) => value !== null) ?? null),
    changes,
    missingAtStart: (subject) => {
      const block = blocks[subject]
      const cell = block === undefined ? undefined : cells[block.from]
      if (block === undefined || cell === undefined || (values[block.from] ?? null) !== null) return undefined
      return new DataError({
        file: text.file,
        position: { line: cell.line, column: cell.column, header },
        text: cell.text,
        problem: `is no value of the covariate ${header} at the first row of subject ${block.id}`,
        expected: 'the course of a subject begins with a value: give it in this row',
      })
    },
  }
}

/** Texts as codes: `levels[k]` is k + 1, and others follow in the order in which they appear. */
function codedColumn({ header, cells }: CellColumn, levels: readonly string[]) {
  const codes = new Map(levels.map((level, k) => [level, k + 1]))
  const furtherLevels: string[] = []
  const values = cells.map((cell) => {
    if (isMissing(cell.text)) return null
    const level = restoreFormulaText(cell.text)
    const known = codes.get(level)
    if (known !== undefined) return known
    furtherLevels.push(level)
    codes.set(level, codes.size + 1)
    return codes.size
  })
  return { header, values, furtherLevels }
}

/**
 * Reads the columns that have no standard meaning as covariates. Columns of text alone (comments, names) are none and are
 * given back by name, but for those in `levels`: whatever stands in these is text, and its values are codes.
 *
 * @throws DataError when a column mixes numbers and texts.
 */
export function covariateValues(
  text: DelimitedText,
  indices: readonly number[],
  blocks: readonly RowBlock[],
  levels: ReadonlyMap<string, readonly string[]> = new Map(),
): { readonly covariates: readonly Covariate[]; readonly textColumns: readonly string[] } {
  const covariates: Covariate[] = []
  const textColumns: string[] = []
  for (const index of indices) {
    const column = cellColumn(text, index)
    const named = levels.get(column.header)
    if (named !== undefined) {
      const { values: codes, furtherLevels } = codedColumn(column, named)
      covariates.push({ name: column.header, ...bySubject(text, blocks, column, codes), furtherLevels })
      continue
    }
    if (isTextColumn(text, column)) {
      textColumns.push(column.header)
      continue
    }
    const numbers = numberColumn(text, column)
    covariates.push({ name: column.header, ...bySubject(text, blocks, column, numbers), furtherLevels: [] })
  }
  return { covariates, textColumns }
}
