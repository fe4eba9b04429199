/** Unit and label of a quantity, from the comment on its line. */
export interface UnitAndLabel {
  readonly unit: string
  readonly label: string
}

/** Reads `[1/day] maximal proliferation`; a comment without square brackets in front is a label alone. */
export function readUnitComment(comment: string): UnitAndLabel {
  const end = comment.startsWith('[') ? comment.indexOf(']') : -1
  if (end < 0) return { unit: '', label: comment }
  return { unit: comment.slice(1, end).trim(), label: comment.slice(end + 1).trim() }
}
