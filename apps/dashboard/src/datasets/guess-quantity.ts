import type { OpenedModel } from '../state/opened-model.ts'

/** Letters and digits of a name, in small letters. */
const core = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * The quantity of a model that values called `label` in the data are of: one of that name, or with that label; by its number,
 * from 1, among those with a residual error; the main one for a 1 and for data that have no such names. Null for none.
 */
export function guessQuantity(
  label: string,
  { quantities, model, fitting, panels }: Pick<OpenedModel, 'quantities' | 'model' | 'fitting' | 'panels'>,
): string | null {
  if (quantities.has(label)) return label
  const measured = model.errorModels.map(({ name }) => name).filter((name) => quantities.has(name))
  const main = fitting?.quantity ?? measured[0] ?? panels[0]?.quantities[0] ?? null
  if (label === '') return measured.length > 1 ? null : main
  const number = Number(label)
  if (Number.isInteger(number) && number > 0)
    return number === 1 && measured.length < 2 ? main : (measured[number - 1] ?? null)
  const wanted = core(label)
  if (wanted === '') return null
  const named = [...quantities.values()].filter((info) => core(info.name) === wanted || core(info.label) === wanted)
  return named.length === 1 ? (named[0]?.name ?? null) : null
}
