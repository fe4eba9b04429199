import { DataError } from './data-error.ts'
import type { Cell } from './delimited-text.ts'
import { isMissing } from './missing-value.ts'
import { parseNumber } from './parse-number.ts'

/**
 * Finds the decimal separator of cells that are not separated by commas, from the columns that hold nothing but numbers.
 *
 * @throws DataError when some of these numbers have a point and some a comma: one of them may separate thousands.
 */
export function detectDecimalSeparator(
  header: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  file: string,
): '.' | ',' {
  let point: { cell: Cell; header: string } | null = null
  let comma: { cell: Cell; header: string } | null = null
  for (const [index, name] of header.entries()) {
    let columnPoint: Cell | null = null
    let columnComma: Cell | null = null
    const numeric = rows.every((row) => {
      const cell = row[index]
      if (cell === undefined || isMissing(cell.text)) return true
      const byPoint = parseNumber(cell.text, '.') !== null
      const byComma = parseNumber(cell.text, ',') !== null
      if (byPoint && !byComma) columnPoint ??= cell
      if (byComma && !byPoint) columnComma ??= cell
      return byPoint || byComma
    })
    if (!numeric) continue
    if (columnPoint !== null) point ??= { cell: columnPoint, header: name.text }
    if (columnComma !== null) comma ??= { cell: columnComma, header: name.text }
  }
  if (point !== null && comma !== null)
    throw new DataError({
      file,
      position: { line: comma.cell.line, column: comma.cell.column, header: comma.header },
      text: comma.cell.text,
      problem: `has a decimal comma, but ${JSON.stringify(point.cell.text)} in line ${point.cell.line} (${point.header}) has a decimal point`,
      expected: 'use one of them in the whole file, and no separators of thousands',
    })
  return comma === null ? '.' : ','
}
