import { readUnitComment } from '../check/unit-comment.ts'

/** ` # [unit] label` after a statement, with the unit that is declared elsewhere if any; nothing where there is neither. */
export function printComment(comment: string, declared?: string): string {
  const { unit: own, label } = readUnitComment(comment)
  const unit = declared === undefined || declared.includes(']') ? own : declared.trim()
  // a label in square brackets would be read as the unit
  const bracket = unit !== '' || (label.startsWith('[') && label.includes(']')) ? `[${unit}]` : ''
  const words = [bracket, label].filter((word) => word !== '')
  return words.length === 0 ? '' : ` # ${words.join(' ')}`
}
