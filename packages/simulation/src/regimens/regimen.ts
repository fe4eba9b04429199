import type { DecisionRule } from '../decisions/decision-rule.ts'

/** A dose of a regimen, in the terms of a model: amounts are numbers or expressions over the model's parameters. */
export interface RegimenDose {
  readonly time: number
  readonly cmt: string
  readonly amt: number | string
  readonly rate?: number
  readonly duration?: number
  readonly ii?: number
  readonly addl?: number
  /** For timelines and reports: "Fludarabine 25 mg/m²". */
  readonly label?: string
  /** What happens to the state in place of a dose: its amount is replaced by `amt` (5) or multiplied by it (6). */
  readonly evid?: 5 | 6
  /** What is given, where the amount in the state is another: for timelines and bookkeeping. */
  readonly given?: GivenAmount
}

/** An amount as the pharmacy counts it. */
export interface GivenAmount {
  readonly amount: number | string
  readonly unit: string
  /** Of cells: `amount` counts the viable transduced ones; these are their shares of the product. */
  readonly product?: { readonly viability: number; readonly transduced: number }
}

/** Something that happens and gives nothing, such as a leukapheresis. */
export interface Milestone {
  readonly time: number
  readonly label: string
}

/** A named list of doses; day 0 is the infusion of the cells. */
export interface Regimen {
  readonly name: string
  readonly doses: readonly RegimenDose[]
  readonly milestones?: readonly Milestone[]
  /** By which doses are decided while the course unfolds. */
  readonly rules?: readonly DecisionRule[]
}
