import type { Regimen } from '@cartkin/simulation'
import type { Trust } from './library-model.ts'

/** A course other than the model's default: its own regimen, parameters, or both. */
export interface Scenario {
  readonly id: string
  readonly title: string
  readonly regimen: Regimen
  /** Parameter values that differ from the model's. */
  readonly parameters: Readonly<Record<string, number>>
  /** Trust and source of each of these values. */
  readonly notes?: Readonly<Record<string, { readonly trust: Trust; readonly source: string }>>
}
