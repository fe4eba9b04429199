import { readUnit } from '../units/read-unit.ts'

/** Unit and label of a quantity, from the comment on its line. */
export interface UnitAndLabel {
  readonly unit: string
  readonly label: string
}

/** The unit in the last round brackets of a label, `Clearance (L/day)`; empty where they hold none. */
export function unitOfLabel(label: string): string {
  if (!label.endsWith(')')) return ''
  let open = label.length - 1
  for (let depth = 0; open >= 0; open--) {
    if (label[open] === ')') depth++
    if (label[open] === '(' && --depth === 0) break
  }
  const text = label.slice(open + 1, -1).trim()
  return open >= 0 && readUnit(text) !== undefined ? text : ''
}

/** Reads `[1/day] maximal proliferation`; a comment without square brackets in front is a label alone. */
export function readUnitComment(comment: string): UnitAndLabel {
  const end = comment.startsWith('[') ? comment.indexOf(']') : -1
  if (end < 0) return { unit: '', label: comment }
  return { unit: comment.slice(1, end).trim(), label: comment.slice(end + 1).trim() }
}
