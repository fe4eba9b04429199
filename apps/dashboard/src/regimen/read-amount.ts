import { parseExpression } from '@cartkin/model'
import { expandRegimen, type RegimenDose } from '@cartkin/simulation'
import type { AmountModel } from './amount-text.ts'
import { sentence } from './sentence.ts'

export type ReadAmount =
  | { readonly kind: 'amount'; readonly part: Pick<RegimenDose, 'amt' | 'given'> }
  | { readonly kind: 'refused'; readonly problem: string }

/**
 * Reads an amount for a state: a number or an expression over the parameters in the units of the state, or a number with a
 * unit, per kg or per m² of the patient where wanted, `up to` a cap.
 */
export function readAmount(text: string, cmt: string, model: AmountModel): ReadAmount {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'refused', problem: 'Type an amount, for example 30 mg/m2, 8 mg/kg or 1.' }
  if (/^[+-]?[\d.]+,\d+/.test(trimmed))
    return { kind: 'refused', problem: `“${trimmed}” has a comma; write decimals with a point.` }
  const number = Number(trimmed)
  const isExpression = Number.isFinite(number) || parseExpression(trimmed).ok
  const [amount = '', atMost] = trimmed.split(/\s+up to\s+/)
  const item = isExpression
    ? { amt: Number.isFinite(number) ? number : trimmed }
    : { amount, ...(atMost !== undefined && { atMost }) }
  const expanded = expandRegimen({ doses: [{ time: 0, cmt, ...item }] }, model)
  if (!expanded.ok) return { kind: 'refused', problem: remedied(expanded.issues[0]?.message ?? 'this cannot be read') }
  const { amt = 0, given } = expanded.regimen.doses[0] ?? {}
  return { kind: 'amount', part: { amt, ...(given !== undefined && { given }) } }
}

/** A message of the regimen language, whose remedies are lines of a file, for a box. */
function remedied(message: string): string {
  const said = message.replace(/, which nothing gives: .*$/, ', which the model does not know; type the whole amount')
  return sentence(said.replace(/; say what 1 of the state stands for, .*$/, '; type it in that unit'))
}
