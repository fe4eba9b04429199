import type { Interpolation } from '@cartkin/model'

/** Values of a covariate, or of any other parameter, that change during a subject's course. */
export interface CovariateInTime {
  /** A parameter of the model. */
  readonly name: string
  /** Ascending; of several values at one time the last is that of the time itself. */
  readonly times: readonly number[]
  readonly values: readonly number[]
  /**
   * How it runs from one value to the next; what the text of the model declares comes before it. 'linear' needs the
   * declaration `linear(name)` in the text.
   */
  readonly interpolation: Interpolation
}
