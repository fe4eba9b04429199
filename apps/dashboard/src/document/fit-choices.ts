/** Whose parameters a fit estimates: one set for all subjects together, or a set for each subject alone. */
export type FitMode = 'pooled' | 'individual'

/** Residual errors to choose from: of the logarithm, or of the value itself. */
export const residualErrors = ['log', 'additive', 'proportional', 'combined'] as const
export type ResidualError = (typeof residualErrors)[number]

/** What is made of values below the limit of quantification (Beal, J. Pharmacokinet. Pharmacodyn. 28:481, 2001). */
export const blqMethods = ['M1', 'M2', 'M3', 'M4'] as const
export type BlqMethod = (typeof blqMethods)[number]

/** Most starts of a fit. */
export const mostStarts = 200

/** How a model is fitted to data. */
export interface FitChoices {
  /** Null: as is usual for the model. */
  readonly mode: FitMode | null
  /** Residual errors that were chosen, by quantity; where none was, those that the text says, else log. */
  readonly errors: Readonly<Record<string, ResidualError>>
  readonly blq: BlqMethod
  /** How many searches there are: the first begins at the sliders, the others are drawn by the seed. */
  readonly starts: number
  /** Of drawn starts and of predictive checks. */
  readonly seed: number
}

export const firstFitChoices: FitChoices = { mode: null, errors: {}, blq: 'M3', starts: 1, seed: 1 }
