/**
 * What an optimiser needs to know of a fit, and all it knows: an objective F of n coordinates as generalised residuals.
 *
 * The rows of `jacobian` W (rows × n, row-major) and `residuals` r are such that ∇F = 2 Wᵀr exactly and ∇²F ≈ 2 WᵀW
 * (Gauss–Newton; for a −2 log likelihood, WᵀW is the Fisher information). For plain least squares F = rᵀr; in general F
 * is given beside r.
 */
export interface ResidualProblem {
  readonly dimension: number
  /** Bounds of the coordinates; ±Infinity where there is none. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Most that a coordinate may change in one iteration; Infinity where its scale says nothing. */
  readonly longestStep: Float64Array
  /** Whether W is the derivative of r, as in plain least squares: second-order corrections rely on it. */
  readonly exactResiduals: boolean
  /** Evaluates at `x`; the arrays returned belong to the caller. Without derivatives (true by default) W is empty. */
  evaluate(x: Float64Array, derivatives?: boolean): Evaluation
}

export interface Evaluated {
  readonly status: 'evaluated'
  readonly objective: number
  /**
   * The size against which changes of F are judged: F itself for a sum of squares with unknown scale, the number of
   * observations for a −2 log likelihood.
   */
  readonly scale: number
  readonly rows: number
  readonly residuals: Float64Array
  readonly jacobian: Float64Array
}

/** A failure is a value with its reason, never a number: the optimiser rejects the point and steps shorter. */
export type Evaluation =
  | Evaluated
  | { readonly status: 'failed'; readonly reason: string }
  /** The caller asked to stop while the point was being evaluated. */
  | { readonly status: 'stopped' }
