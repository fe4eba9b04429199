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

/** What to watch for while a run goes on, and when to end it before t1. */
export interface Stopping {
  /** Conditions whose roots, located on the dense output, end the run or change its state. */
  readonly conditions?: readonly RootCondition[]
  /** Most roots that change the state in one call (10,000); more is the failure 'event-limit'. */
  readonly maxResets?: number
  /** Asked after every accepted step, or every so many; true ends the run with status 'stopped'. */
  readonly shouldStop?: () => boolean
  /** Accepted steps from one such question to the next (1). */
  readonly askEvery?: number
  /** Ends a run that takes too long with the failure 'deadline'. Results do not depend on it unless it does. */
  readonly deadline?: Deadline
}

/** Time that a run may take. */
export interface Deadline {
  /** From the start of the run. */
  readonly milliseconds: number
  /** Gives milliseconds since any origin, as `performance.now` does. */
  readonly clock: () => number
}

/**
 * A scalar function g of time and state whose sign change is an event: it ends the run, or changes the state.
 *
 * It is sampled four times a step, and where it turns back between two samples, at its turning point. Of conditions
 * that change sign at one time all count, in the order of the list. A jump at a time event, or at the root of another
 * condition, that changes the sign counts, except at the start of the run; a zero where the run starts does not. Giving
 * NaN is an error.
 */
export interface RootCondition {
  readonly value: (t: number, y: Float64Array) => number
  /** Places of the states that `value` reads, and may rely on; absent: all. Fewer are quicker to look at. */
  readonly states?: Int32Array
  /** 1 rising only, -1 falling only, 0 both (0). */
  readonly direction?: -1 | 0 | 1
  /**
   * The right-hand side jumps where g crosses zero (false). A step across a jump knows both sides of it and may not know
   * how wrong it is; it is taken again, to end before the root, and the root is met by the step after it.
   */
  readonly jumps?: boolean
  /**
   * Changes the state at a root, as `TimeEvent.apply` does, whereupon the run goes on; it should not move g across zero
   * to the side where the root led. Absent: the first root ends the run.
   */
  readonly apply?: (t: number, y: Float64Array, s: Float64Array | null) => void
  /**
   * Writes ∂g/∂y (n), ∂g/∂t, ∂g/∂p (m) into `out`. Needed with `apply` where sensitivities are carried: the time of the
   * root moves with the parameters, and the sensitivities jump by that. `apply` is given total derivatives along the
   * moving root, so s is to become ∂apply/∂y · s + ∂apply/∂p; `apply` must not depend on t then.
   */
  readonly gradient?: (t: number, y: Float64Array, out: Float64Array) => void
}

/** Work done by one integration. */
export interface Statistics {
  readonly steps: number
  readonly rejected: number
  readonly rhsEvaluations: number
  readonly jacobianEvaluations: number
  readonly decompositions: number
  /**
   * Attempts whose matrix a generated stepper could not factorize without pivoting to be trusted, so that the plain
   * stepper, which pivots, made them: each costs many times as much. 0 for plain steppers.
   */
  readonly pivotFallbacks: number
}
