import type { WrittenRule } from '../decisions/written-rule.ts'
import type { GivenAmount, Milestone, RegimenDose } from './regimen.ts'

/**
 * A regimen as people write it: amounts and times with units, amounts per kg or per m², repeats, split infusions and other
 * regimens. `expandRegimen` brings it into the terms of a model.
 */
export interface RegimenDocument {
  readonly name?: string
  /** Unit of times that bear none (that of the model, else day). */
  readonly timeUnit?: string
  readonly patient?: PatientQuantities
  /** Named lists of items, to which items refer. */
  readonly regimens?: Readonly<Record<string, readonly RegimenItem[]>>
  readonly doses: readonly RegimenItem[]
  /** Decisions that are made while the course unfolds; `expandDocument` reads them. */
  readonly rules?: readonly WrittenRule[]
  /** Of a regimen that is in the terms of a model already. */
  readonly milestones?: readonly Milestone[]
}

/** What amounts per kg and per m² are multiplied by: values with units, or names of parameters of the model. */
export interface PatientQuantities {
  /** `70 kg`, or a parameter (WT, where the model has one). */
  readonly weight?: number | string
  /** `175 cm`, or a parameter (HT). */
  readonly height?: number | string
  /** `1.8 m2`, or a parameter (BSA); else from weight and height by the formula of Mosteller. */
  readonly bodySurfaceArea?: number | string
}

/** Which cells an amount of cells counts. */
export type CountedCells = 'viable transduced cells' | 'viable cells' | 'cells'

/** One line of a regimen: a dose, an event without a dose, or a reference to other lines. */
export interface RegimenItem {
  /** `-5`, `-120 h`; several times for several doses. */
  readonly time?: TimeText | readonly TimeText[]
  /** The same in days whatever the unit of times, and `-5 to -3`: every day of these. */
  readonly day?: TimeText | readonly TimeText[]
  /** State, by name or number from 1. */
  readonly cmt?: string
  /** `30 mg/m2`, `8 mg/kg`, `1e6 cells/kg`, `2.5e8 cells`. */
  readonly amount?: string
  /** What one unit of the state stands for: `100 mg/m2`; the state's own unit where absent. */
  readonly unit?: string
  /** A cap on the amount: `800 mg`. */
  readonly atMost?: string
  /** The amount in the units of the state, in place of `amount`: a number or an expression over the parameters. */
  readonly amt?: number | string
  /** Infusion time: `30 min`. */
  readonly over?: TimeText
  /** Infusion rate: `10 mg/h`, or a number in the units of the model. */
  readonly rate?: number | string
  /** `over`, `every` and `times − 1` as records have them, in the unit of times. */
  readonly duration?: number
  readonly ii?: number
  readonly addl?: number
  /** Interval and number of repeated doses: `every: 8 h, times: 3`. */
  readonly every?: TimeText
  readonly times?: number
  /** Shares of the amount that are given one after the other: `[10 %, 30 %, 60 %]`, at `every` or at as many times. */
  readonly split?: readonly (number | string)[]
  /** Which cells `amount` counts (viable transduced cells); the dose is in viable transduced cells. */
  readonly counts?: CountedCells
  /** Shares of the product: `92 %` or 0.92. */
  readonly viability?: number | string
  readonly transduced?: number | string
  readonly label?: string
  /** An event without a dose: `Leukapheresis`; with what it takes away of states, `{ TH: 30 % }`. */
  readonly event?: string
  readonly removes?: Readonly<Record<string, number | string>>
  /** Lines named under `regimens`; their times count from `time` (0). */
  readonly regimen?: string
  /** Of a regimen that is in the terms of a model already. */
  readonly evid?: RegimenDose['evid']
  readonly given?: GivenAmount
}

/** A time in the unit of times, or with one: `8 h`. */
export type TimeText = number | string
