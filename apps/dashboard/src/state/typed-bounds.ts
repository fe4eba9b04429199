import type { Bounds } from '../document/desk.ts'
import type { ParameterInfo } from './opened-model.ts'
import { typedNumber } from './typed-number.ts'

export type TypedBounds =
  | { readonly kind: 'bounds'; readonly bounds: Bounds }
  | { readonly kind: 'refused'; readonly end: 'lower' | 'upper'; readonly problem: string }

/** Reads a typed end of a parameter's range, the other end being as it is; empty stands for what the model has. */
export function typedBounds(
  { lowest, highest }: Pick<ParameterInfo, 'lowest' | 'highest'>,
  before: Bounds,
  end: 'lower' | 'upper',
  text: string,
  usual: Bounds,
): TypedBounds {
  const refused = (problem: string): TypedBounds => ({ kind: 'refused', end, problem })
  const typed = typedNumber(text)
  if (typed.kind === 'refused') return refused(typed.problem)
  const bounds = { ...before, [end]: typed.kind === 'empty' ? usual[end] : typed.value }
  const { lower, upper } = bounds
  if (!(lower >= lowest)) return refused(`${lower} is below the smallest allowed value, ${lowest}.`)
  if (!(upper <= highest)) return refused(`${upper} is above the largest allowed value, ${highest}.`)
  if (!(lower < upper)) return refused(`The lower bound lies below the upper one; ${lower} is not below ${upper}.`)
  return { kind: 'bounds', bounds }
}
