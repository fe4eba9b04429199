import { type Signal, signal } from '@preact/signals'
import type { ParameterOrder } from './matching-parameters.ts'

/** How parameters are listed. It stays when another tab is looked at, and is no part of the document. */
export interface ParameterList {
  readonly query: Signal<string>
  readonly order: Signal<ParameterOrder>
  /** Names that are selected; null while nothing is to be selected. */
  readonly selected: Signal<ReadonlySet<string> | null>
  /** Name of the parameter whose slider is to have the focus as soon as it is there. */
  readonly wanted: Signal<string | null>
}

export function createParameterList(): ParameterList {
  return { query: signal(''), order: signal<ParameterOrder>('process'), selected: signal(null), wanted: signal(null) }
}
