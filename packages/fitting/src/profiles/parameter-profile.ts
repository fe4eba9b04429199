/** One point of a profile: a value of the parameter, and the best that all others can do there. */
export interface ProfilePoint {
  /** Of the parameter, on the natural scale. */
  readonly value: number
  readonly objective: number
  /** Increase over the fit, as a share of the limit: an interval ends at 1. */
  readonly increase: number
  /** Values of all estimated parameters, in their order. */
  readonly values: Float64Array
}

/** How a profile ends on one side; values on the natural scale. */
export type ProfileEnd =
  /** It crosses the limit: the end of the interval. `heldBy`: other parameters whose bounds alone close it (none). */
  | { readonly kind: 'closed'; readonly value: number; readonly heldBy?: readonly string[] }
  /** It stays below the limit up to a bound, rising there or `flat`. */
  | { readonly kind: 'bound'; readonly value: number; readonly flat: boolean }
  /** It stays below the limit as far as it was followed. */
  | { readonly kind: 'open'; readonly value: number; readonly flat: boolean }
  /** It could not be followed beyond a value. */
  | { readonly kind: 'failed'; readonly value: number; readonly reason: string }
  /** Left off: a better point than the fit was found, or a stop was asked for. */
  | { readonly kind: 'left' }

/** The profile likelihood of one parameter. */
export interface ParameterProfile {
  readonly name: string
  readonly estimate: number
  readonly level: number
  /** Increase of the objective that ends the interval. */
  readonly limit: number
  /** Ends of the interval on the natural scale; NaN on a side that does not close. */
  readonly lower: number
  readonly upper: number
  readonly lowerEnd: ProfileEnd
  readonly upperEnd: ProfileEnd
  /** Values at which its slope jumps. */
  readonly kinks: readonly number[]
  /** In words, such as "flat to the right: only a lower bound is known". */
  readonly shape: string
  /** A point that is better than the fit, which was then not at its minimum; values in the order of the estimated parameters. */
  readonly better: { readonly objective: number; readonly values: Float64Array } | null
  /** By value, the fit among them. */
  readonly points: readonly ProfilePoint[]
}
