import type { ParameterNote, Trust } from './library-model.ts'

/** Parameters that share a group, a trust and a source; names separated by blanks. */
export type NoteRow = readonly [group: string, trust: Trust, source: string, names: string]

/** Spreads rows to one note per parameter; throws an Error where a parameter is named twice. */
export function parameterNotes(rows: readonly NoteRow[]): Readonly<Record<string, ParameterNote>> {
  const notes = new Map<string, ParameterNote>()
  for (const [group, trust, source, names] of rows) {
    for (const name of names.split(' ')) {
      if (notes.has(name)) throw new Error(`parameter ${name} has two notes; one in group ${group} is too many`)
      notes.set(name, { trust, source, group })
    }
  }
  return Object.fromEntries(notes)
}
