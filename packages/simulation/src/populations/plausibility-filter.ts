/**
 * What a virtual patient must be like to be kept. Patients that are not are drawn anew until one is, so that as many remain
 * as were asked for. Bounds belong to what is kept; a number or an expression over the model's parameters (`C3n`), one at
 * least.
 */
export type PlausibilityFilter = {
  /** Names it in counts: `SLEDAI at baseline`. */
  readonly name: string
  readonly atLeast?: number | string
  readonly atMost?: number | string
  /** Why others are no patients of this population; shown with the counts. */
  readonly reason: string
} & (
  | {
      /** A parameter, judged as it was drawn. */
      readonly parameter: string
    }
  | {
      /** An endpoint that is read off the course, by its name; one that is not defined is not plausible. */
      readonly endpoint: string
    }
  | {
      /** A state or output, judged over the course: at one time, or always from a time to another (all of the run). */
      readonly quantity: string
      readonly at?: number
      readonly from?: number
      readonly to?: number
    }
)

/** How often draws were dropped by a filter. */
export interface DroppedDraws {
  readonly filter: PlausibilityFilter
  readonly count: number
}
