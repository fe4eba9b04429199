/** State of a fit after an accepted or rejected iteration; values on the natural scale, in `estimated` order. */
export interface FitIteration {
  readonly iteration: number
  readonly evaluations: number
  readonly objective: number
  readonly best: number
  readonly values: Float64Array
  /** Largest component of the projected, scaled gradient. */
  readonly gradient: number
  readonly stepSize: number
}

export type FitOutcome =
  | { readonly status: 'converged'; readonly reason: 'gradient' | 'step' | 'objective' }
  | { readonly status: 'stopped' }
  | { readonly status: 'iteration-limit' }
  | { readonly status: 'failed'; readonly message: string }

export interface ParameterEstimate {
  readonly name: string
  readonly estimate: number
  readonly start: number
  /** Standard error on the natural scale and relative to the estimate (fraction); NaN where not identified. */
  readonly standardError: number
  readonly relativeStandardError: number
  /** 95 % interval, formed on the estimation scale. */
  readonly lower95: number
  readonly upper95: number
  readonly atBound: 'lower' | 'upper' | null
}

/** A set of parameters that the data cannot tell apart, with the combination that stays undetermined. */
export interface CollinearSet {
  /** Not determined at all, or so weakly that the interval is useless. */
  readonly kind: 'undetermined' | 'weak'
  readonly names: readonly string[]
  /** Unit direction on the estimation scale, over `names`, along which the objective is flat. */
  readonly direction: readonly number[]
  /** In words, with what moves together and what to do. */
  readonly message: string
}

/** Observed and predicted, one entry per observation, in problem order. */
export interface FitPrediction {
  readonly subject: string
  readonly quantity: string
  readonly time: number
  readonly observed: number
  readonly predicted: number
  /** (observed − predicted)/sd on the residual scale; NaN for censored rows. */
  readonly weightedResidual: number
  readonly censored: 'left' | 'right' | null
}

export interface FitResult {
  readonly outcome: FitOutcome
  /** −2 log likelihood, or the weighted sum of squares where every error is given. */
  readonly objective: number
  readonly objectiveKind: 'weighted-sum-of-squares' | 'minus-two-log-likelihood'
  readonly iterations: number
  readonly evaluations: number
  readonly estimates: readonly ParameterEstimate[]
  /** On the estimation scale, row-major; NaN rows for what is not identified. */
  readonly covariance: Float64Array
  readonly correlation: Float64Array
  /** Residual scale s² by which the covariance was multiplied (weighted least squares), else 1. */
  readonly residualVariance: number
  readonly conditionNumber: number
  readonly collinear: readonly CollinearSet[]
  readonly predictions: readonly FitPrediction[]
  readonly aic: number
  readonly bic: number
}
