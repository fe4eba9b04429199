/**
 * What is read off a course, located on the continuous solution by root, not on the output grid. `quantity` names a state
 * or output; times in the model's unit. `from` and `to` default to the run's start and end.
 */
export type EndpointDefinition = {
  /** Stable short name: `Cmax`, `Tmax`, `AUC0_28`, `B_return_day`. */
  readonly name: string
  readonly label: string
  readonly unit: string
  readonly quantity: string
  readonly from?: number
  readonly to?: number
  /** Name of an earlier endpoint that is a time: this one counts from there on, and is undefined where that one is. */
  readonly after?: string
} & (
  | { readonly kind: 'maximum' | 'timeOfMaximum' | 'minimum' | 'timeOfMinimum' | 'auc' }
  /** First time at or after `from` at which the quantity crosses the threshold downwards or upwards (or already is there). */
  | { readonly kind: 'firstBelow' | 'firstAbove'; readonly threshold: number }
  /** Total time spent below or above. */
  | { readonly kind: 'timeBelow' | 'timeAbove'; readonly threshold: number }
  | { readonly kind: 'value'; readonly at: number }
  /**
   * Of a course whose cells may die out (`ExtinctionRule`), `quantity` being these cells: the probability that they do, 1 or 0
   * whether they did, and the time at which they did.
   */
  | { readonly kind: 'extinctionProbability' | 'extinct' | 'timeOfExtinction' }
)

/** An endpoint's value; NaN with the reason where it is not defined ("never below 1 within the run"). */
export interface EndpointValue {
  readonly name: string
  readonly value: number
  readonly note: string
}
