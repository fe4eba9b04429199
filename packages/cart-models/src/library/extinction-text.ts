import type { ExtinctionRule } from '@cartkin/simulation'

/** What an extinction rule says, in words; `numberText` writes the cells of a unit. */
export function extinctionText(
  { quantity, cellsPerUnit, threshold, birth, death }: ExtinctionRule,
  numberText: (value: number) => string = String,
): string {
  return [
    `Where ${quantity} is fewer than ${threshold} cells (${numberText(cellsPerUnit)} cells in each of its units), every cell`,
    `divides at the rate ${birth} and dies at the rate ${death} by chance. In virtual patients the last cells die out or grow`,
    'back, which is drawn; the typical run follows the equations and has the probability.',
  ].join(' ')
}
