import { mostExcluded } from '../document/data-choice.ts'

/** Rows as they are typed, `17, 20-25`, ascending and each once; null where it is nothing of the kind. */
export function typedRows(text: string): readonly number[] | null {
  const rows = new Set<number>()
  for (const part of text.split(/[,;\s]+/).filter((word) => word !== '')) {
    const found = /^(\d{1,9})(?:[-–](\d{1,9}))?$/.exec(part)
    if (!found) return null
    const from = Number(found[1])
    const to = Number(found[2] ?? found[1])
    if (!(from >= 1 && to >= from && to - from < mostExcluded)) return null
    for (let row = from; row <= to; row++) rows.add(row)
  }
  return rows.size === 0 || rows.size > mostExcluded ? null : [...rows].sort((a, b) => a - b)
}
