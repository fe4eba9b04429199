import type { DelimitedText } from '../cells/delimited-text.ts'
import { limitToken } from '../cells/limit-token.ts'
import { isMissing } from '../cells/missing-value.ts'
import type { EventColumns } from '../columns/event-columns.ts'
import { plural, tallyText } from './event-notes.ts'

/** A text in which the tokens declared missing are empty cells. */
export function withoutDeclared(
  text: DelimitedText,
  { standard }: EventColumns,
  tokens: readonly string[],
  notes: string[],
): DelimitedText {
  if (tokens.length === 0) return text
  const declared = new Set(tokens)
  const id = standard.get('ID')
  let found = 0
  const rows = text.rows.map((row) =>
    row.map((cell, index) => {
      if (index === id || !declared.has(cell.text)) return cell
      found++
      return { ...cell, text: '' }
    }),
  )
  notes.push(`${tokens.map((token) => JSON.stringify(token)).join(', ')} stand for no value: ${plural(found, 'cell')}`)
  return { ...text, rows }
}

/** How missing values and limits of quantification are written. */
export function tokenNotes(text: DelimitedText, { standard }: EventColumns): readonly string[] {
  const missing = new Map<string, number>()
  const limits = new Map<string, number>()
  const indices = [...standard].filter(([name]) => name !== 'ID' && name !== 'ENDPOINT').map(([, index]) => index)
  const dv = standard.get('DV')
  const add = (tally: Map<string, number>, token: string) => tally.set(token, (tally.get(token) ?? 0) + 1)
  for (const row of text.rows) {
    for (const index of indices) {
      const content = row[index]?.text ?? ''
      if (isMissing(content)) add(missing, content)
    }
    const value = dv === undefined ? '' : (row[dv]?.text ?? '')
    if (limitToken(value) !== null) add(limits, value)
  }
  return [
    ...(missing.size > 0 ? [`no value is written as ${tallyText(missing)}`] : []),
    ...(limits.size > 0 ? [`values beyond a limit of quantification are written as ${tallyText(limits)}`] : []),
  ]
}
