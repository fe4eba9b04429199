import type { EventData } from '@cartkin/tables'
import type { UnitFactor } from './unit-factor.ts'

/** What a value of the data is drawn as: a value, below or above a limit of quantification, or left out. */
export type MarkKind = 'observed' | 'below' | 'above' | 'excluded'

/** A value of the data in the units of the model. */
export interface ObservedMark {
  readonly kind: MarkKind
  readonly quantity: string
  readonly time: number
  /** Below or above a limit, the limit. */
  readonly value: number
  readonly subject: string
  /** Place of its subject's among the levels of the groups; 0 where there are none. */
  readonly group: number
  /** Line of the file. */
  readonly line: number
}

/** One kind of values that the data have. */
export interface ObservedEndpoint {
  /** As the data call it; empty where they do not. */
  readonly label: string
  readonly count: number
  readonly below: number
  /** Of the model in use; null for none. */
  readonly quantity: string | null
  readonly isGuessed: boolean
  /** Unit of its values; empty where it is not known. */
  readonly unit: string
  /** Unit of the quantity. */
  readonly quantityUnit: string
  readonly factor: UnitFactor
  /** Lower limit of quantification that was typed, in the unit of its values; null for none. */
  readonly limit: number | null
}

/** A remark on the data: what keeps them from being used, what may be wrong, what was done. */
export interface DataCheck {
  readonly kind: 'fault' | 'doubt' | 'done'
  readonly text: string
  /** Rows of the file that it is about; empty for all of it. */
  readonly lines: readonly number[]
  /** Where the run would have to end for the values to be shown. */
  readonly runUntil?: number
}

/** Data held against a model. */
export interface ObservedData {
  /**
   * In the model's time and units, observations named as its quantities, without rows that are left out; zeros below
   * quantification are censored. What the model does not have asks for a prediction only (`mdv`). Null where the file cannot
   * be read.
   */
  readonly data: EventData | null
  readonly marks: readonly ObservedMark[]
  /** Limits of quantification to be drawn, by quantity, in its unit. */
  readonly limits: readonly { readonly quantity: string; readonly value: number }[]
  readonly endpoints: readonly ObservedEndpoint[]
  /** Names of the groups; empty for none. */
  readonly groupLevels: readonly string[]
  readonly checks: readonly DataCheck[]
  readonly counts: {
    readonly subjects: number
    readonly observed: number
    readonly below: number
    readonly above: number
    readonly excluded: number
    readonly doses: number
  }
}
