import type { PlausibilityFilter } from './plausibility-filter.ts'

/**
 * A virtual population around a typical patient. A parameter's value is
 * median · exp(sd · z) · Π factor^power, clipped to the limits; every z is an independent standard normal deviate.
 */
export interface VirtualPopulation {
  /** Common factors exp(sd · z), drawn once per subject. */
  readonly factors: readonly { readonly name: string; readonly sd: number }[]
  readonly parameters: readonly PopulationParameter[]
  /** Parameters that take another's drawn value: `A50: 'A0'`. */
  readonly ties: Readonly<Record<string, string>>
  /** What patients must be like; those that are not are drawn anew. */
  readonly filters?: readonly PlausibilityFilter[]
}

/** Patients drawn from the random effects that a model text declares itself (`eta ~ omega`). */
export interface RandomEffectsPopulation {
  /** The effects that are drawn, in model order; see `randomEffectsOf`. */
  readonly randomEffects: readonly string[]
  readonly filters?: readonly PlausibilityFilter[]
}

/** Patients whose values are listed one by one. They cannot be drawn anew, so they pass no filters. */
export interface ListedPopulation {
  /** Parameters whose values are listed. */
  readonly listed: readonly string[]
  /** Subjects × listed, subject-major: of a job, those from its first subject on. */
  readonly values: Float64Array
  readonly filters?: never
}

export interface PopulationParameter {
  readonly parameter: string
  /** Median; the model's own value when absent. */
  readonly median?: number
  /** Standard deviation on the natural-log scale; 0 when only a factor acts. */
  readonly sd: number
  readonly factors?: Readonly<Record<string, number>>
  /** Clipped to these, not redrawn. */
  readonly limits?: readonly [number, number]
}
