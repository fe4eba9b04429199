import { DataError } from './data-error.ts'
import type { Cell, DelimitedText } from './delimited-text.ts'
import { restoreFormulaText } from './formula-text.ts'
import { isMissing } from './missing-value.ts'
import { type CellColumn, cellColumn, numberColumn } from './number-column.ts'
import { parseNumber } from './parse-number.ts'

/** A column of the data that has one number per subject. */
export interface Covariate {
  readonly name: string
  /** By subject; null where none of the subject's rows has a value. */
  readonly values: readonly (number | null)[]
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

function constantIn(
  block: RowBlock,
  values: readonly (number | null)[],
  { header, cells }: CellColumn,
  file: string,
): number | null {
  let constant: number | null = null
  let first: Cell | undefined
  for (let row = block.from; row < block.to; row++) {
    const value = values[row] ?? null
    const cell = cells[row]
    if (value === null || cell === undefined) continue
    if (constant === null) {
      constant = value
      first = cell
    } else if (value !== constant)
      throw new DataError({
        file,
        position: { line: cell.line, column: cell.column, header },
        text: cell.text,
        problem: `differs from ${JSON.stringify(first?.text)} in line ${first?.line}, within subject ${block.id}`,
        expected: 'a covariate must have one value per subject (covariates that change with time are not supported)',
      })
  }
  return constant
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
 * @throws DataError when a value changes within a subject, or a column mixes numbers and texts.
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
      const values = blocks.map((block) => constantIn(block, codes, column, text.file))
      covariates.push({ name: column.header, values, furtherLevels })
      continue
    }
    if (isTextColumn(text, column)) {
      textColumns.push(column.header)
      continue
    }
    const numbers = numberColumn(text, column)
    const values = blocks.map((block) => constantIn(block, numbers, column, text.file))
    covariates.push({ name: column.header, values, furtherLevels: [] })
  }
  return { covariates, textColumns }
}
