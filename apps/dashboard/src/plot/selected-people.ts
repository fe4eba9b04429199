import type { EventData } from '@cartkin/tables'
import type { Patients } from '../state/patients-session.ts'

/** What was drawn of a parameter for those who are selected. */
export interface DrawnFact {
  readonly name: string
  /** Their median. */
  readonly value: number
  /** Which part of all patients has less. */
  readonly below: number
}

/** What was drawn for virtual patients, that which sets them apart from all the most first. */
export function drawnFacts({ parts, drawnNames }: Patients, selected: readonly number[]): readonly DrawnFact[] {
  const width = drawnNames.length
  const all = drawnNames.map((_, k) =>
    Float64Array.from(
      parts.flatMap(({ drawn }) => Array.from({ length: drawn.length / width }, (_, n) => drawn[n * width + k]!)),
    ),
  )
  const facts = drawnNames.flatMap((name, k): readonly DrawnFact[] => {
    const column = all[k] ?? new Float64Array()
    const own = selected.flatMap((patient) => column[patient] ?? []).sort((a, b) => a - b)
    const value = own[Math.floor((own.length - 1) / 2)]
    if (value === undefined) return []
    // half of those who have the same
    const less = column.reduce((sum, each) => sum + (each < value ? 1 : each === value ? 0.5 : 0), 0)
    return [{ name, value, below: less / column.length }]
  })
  return facts.toSorted((a, b) => Math.abs(b.below - 0.5) - Math.abs(a.below - 0.5))
}

/** A subject of the data with what the data tell of it. */
export interface SubjectFacts {
  readonly name: string
  readonly covariates: readonly (readonly [name: string, value: number])[]
}

/** Covariates of subjects as they are at first. */
export function subjectFacts(data: EventData | null, selected: readonly string[]): readonly SubjectFacts[] {
  return selected.flatMap((name) => {
    const subject = data?.subjects.find(({ id }) => id === name)
    if (!subject) return []
    const first = subject.records.find(({ covariates }) => covariates !== undefined)?.covariates ?? {}
    return [{ name, covariates: Object.entries(first) }]
  })
}
