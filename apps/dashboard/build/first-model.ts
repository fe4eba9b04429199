import { lupusQsp } from '@cartkin/cart-models/lupus-qsp'
import { parseModel } from '@cartkin/model'
import { valueCode } from './value-code.ts'

/** Code of a module with the model of a new project as the language reads it, without its text: the page has that already. */
export function firstModelCode(): string {
  const parsed = parseModel(lupusQsp.text)
  if (!parsed.ok) throw new Error(`${lupusQsp.id}: ${parsed.diagnostics.map(({ message }) => message).join('; ')}`)
  const { text: _, ...model } = parsed.model
  return `export const model = ${valueCode(model)}`
}
