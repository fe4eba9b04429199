import type { ParameterNote } from '../library/library-model.ts'

type Note = Omit<ParameterNote, 'group'>

/** A marrow as with a high CAR-HEMATOTOX score; the neutrophil model's own values are those of a low one. */
export const highRisk: Readonly<Record<'NC0' | 'reserve', { readonly value: number; readonly note: Note }>> = {
  NC0: { value: 3000, note: { trust: 'assumption', source: 'assumed: near half the typical baseline' } },
  reserve: {
    value: 0.75,
    note: {
      trust: 'fitted',
      source: 'chosen so that virtual patients have the median of 12 days below 500/uL of a high score (Rejeski 2021)',
    },
  },
}
