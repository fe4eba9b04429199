import type { EventRecord } from '../records/event-record.ts'

/**
 * A decision that is made while a patient's course unfolds: when a condition holds, something is given. Numbers are in the
 * model's units; times in its unit of time.
 */
export interface DecisionRule {
  /** Names the rule in messages and in the list of doses it decided. */
  readonly name: string
  readonly when: DecisionCondition
  /** What is given at each decision, in this order. */
  readonly give: readonly DecisionDose[]
  /** Most decisions: 1 without `apart`, else as many as come. */
  readonly atMost?: number
  /**
   * Time from a decision to the next. When it has passed the rule decides again at once where its condition holds, else
   * as soon as it does. Needed where `atMost` is above 1.
   */
  readonly apart?: number
  /** Time after its first decision from which on the rule decides nothing more (Infinity). */
  readonly stopAfter?: number
}

/**
 * A comparison of a state or output with a number, or several conditions of which all or any must hold. What already holds
 * where the run starts counts from there.
 */
export type DecisionCondition =
  | (Holding & { readonly quantity: string } & Bound)
  | (Holding & { readonly all: readonly DecisionCondition[] })
  | (Holding & { readonly any: readonly DecisionCondition[] })

/** The other side of a comparison: a number, or an expression over the model's parameters. */
export type Bound =
  | { readonly atLeast: number | string }
  | { readonly above: number | string }
  | { readonly atMost: number | string }
  | { readonly below: number | string }

/** When what is compared counts as a condition that holds. */
export interface Holding {
  /** How long it must have held without a break (0). */
  readonly forTime?: number
  /** It is looked at from here on (-Infinity) and before there (Infinity): what was before does not count. */
  readonly from?: number
  readonly until?: number
}

/** A dose that a rule gives. */
export interface DecisionDose {
  readonly cmt: string
  /** A number, or an expression over the model's parameters such as `8*WT`. */
  readonly amt: number | string
  readonly rate?: number
  readonly duration?: number
  /** Interval between, and number of, additional doses. */
  readonly ii?: number
  readonly addl?: number
  /** Time from the decision to the dose (0). */
  readonly after?: number
  /** For tables and reports: "Tocilizumab 8 mg/kg". */
  readonly label?: string
}

/** A dose that a rule decided. */
export interface DecidedDose {
  readonly rule: string
  /** Time of the decision. */
  readonly decidedAt: number
  readonly label: string
  /** What was given, as a record that gives the same without the rule. */
  readonly record: EventRecord
}
