/** Error control of the steps; defaults in brackets. */
export interface StepControl {
  /** Relative tolerance per step (1e-6). */
  readonly rtol?: number
  /** Absolute tolerance per step in the units of the state, one for all or one for each (1e-9). */
  readonly atol?: number | Float64Array
  /** First step after every start and event; chosen from the derivatives when absent. */
  readonly initialStep?: number
  /** Longest step (Infinity). */
  readonly maxStep?: number
  /** Most steps, accepted and rejected, of one call (100,000). */
  readonly maxSteps?: number
}

/** When to end before t1. */
export interface Stopping {
  /** The run ends at the first root of any of these in the wanted direction, located on the dense output. */
  readonly conditions?: readonly RootCondition[]
  /** Asked after every accepted step; true ends the run with status 'stopped'. */
  readonly shouldStop?: () => boolean
}

/**
 * A scalar function of time and state whose sign change is an event.
 *
 * It is sampled four times a step, so two roots that lie closer together may be missed. A jump at a time event that
 * changes the sign counts, except at the start of the run; a zero where the run starts does not. Giving NaN is an error.
 */
export interface RootCondition {
  readonly value: (t: number, y: Float64Array) => number
  /** 1 rising only, -1 falling only, 0 both (0). */
  readonly direction?: -1 | 0 | 1
}

/** Work done by one integration. */
export interface Statistics {
  readonly steps: number
  readonly rejected: number
  readonly rhsEvaluations: number
  readonly jacobianEvaluations: number
  readonly decompositions: number
}
