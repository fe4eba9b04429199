import type { Named } from './named-values.ts'

/** An amount added to a state. */
export interface Gift {
  readonly t: number
  readonly state: string
  readonly amount: number
}

/** A model written as plain functions of named numbers. */
export interface Encoding<State extends string> {
  readonly states: readonly State[]
  readonly start: number
  readonly initial: Named<State>
  readonly rates: (s: Named<State>) => Named<State>
  readonly outputs: (s: Named<State>) => Readonly<Record<string, number>>
  /** The parts of courses. */
  readonly gifts: { readonly lymphodepletion: readonly Gift[]; readonly cells: readonly Gift[] }
}
