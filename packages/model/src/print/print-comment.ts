import { readUnitComment } from '../check/unit-comment.ts'

/** ` # [unit] label` after a statement; nothing where there is no comment. */
export function printComment(comment: string): string {
  const { unit, label } = readUnitComment(comment)
  // a label in square brackets would be read as the unit
  const bracket = unit !== '' || (label.startsWith('[') && label.includes(']')) ? `[${unit}]` : ''
  const words = [bracket, label].filter((word) => word !== '')
  return words.length === 0 ? '' : ` # ${words.join(' ')}`
}
