import { compareUnits, readUnit } from '@cartkin/model'

/** How values in one unit become values in another. */
export type UnitFactor =
  | { readonly kind: 'factor'; readonly factor: number }
  /** One of them is not said, or no unit that is known: values are taken as they stand. */
  | { readonly kind: 'unknown' }
  /** They measure different things. */
  | { readonly kind: 'other' }

export function unitFactor(from: string, to: string): UnitFactor {
  if (from === to && from !== '') return { kind: 'factor', factor: 1 }
  const [a, b] = [readUnit(from), readUnit(to)]
  if (from === '' || to === '' || a === undefined || b === undefined) return { kind: 'unknown' }
  if (a.logarithm !== b.logarithm) return { kind: 'other' }
  const compared = compareUnits(a.unit, b.unit)
  if (compared.kind === 'dimension') return { kind: 'other' }
  return { kind: 'factor', factor: compared.kind === 'same' ? 1 : compared.ratio }
}
