/**
 * A solution that can be read at any time of [start, end].
 *
 * At the time of an event there are two values: `before` it and `after` it. Reading at an event time gives the value
 * after all events of that time unless asked otherwise.
 */
export interface Trajectory {
  readonly start: number
  /** Last time reached: t1, or where the run ended. */
  readonly end: number
  /** Times at which accepted steps begin and end, ascending; an event time occurs once. */
  readonly knots: Float64Array
  /** Times of the events, ascending, without repeats. */
  readonly eventTimes: Float64Array
  /** Writes the state at `t` into `out` (length n). Throws a RangeError outside [start, end]. */
  state(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /**
   * Writes those entries of the state at the first `count` times into their places of the rows of `out` (count × n), before
   * the events of a time where `before` is 1: bit for bit what `state` gives, and quicker for many times in order.
   */
  rows(times: Float64Array, count: number, entries: Int32Array, out: Float64Array, before?: Uint8Array): void
  /** Writes the sensitivities at `t` into `out` (m × n, parameter-major). Throws when none were carried. */
  sensitivities(t: number, out: Float64Array, side?: 'before' | 'after'): void
}
