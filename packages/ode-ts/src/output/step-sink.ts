import type { StepperLane } from '../steppers/stepper.ts'

/** Where the solution of a run goes, step by step. */
export interface StepSink {
  /** Of a run that wants samples: their times, ascending. Absent where every step is wanted. */
  readonly times?: Float64Array
  /** Number of samples that were given already. */
  readonly reached: number
  /** A step from `start` to `end` was accepted; its continuous extension is to be had from `lane` during this call. */
  step(lane: StepperLane, start: number, end: number): void
  /**
   * Accepted steps, `count` of them, each with its start, its end, and 2 + `rows` rows z0, z1, K_1 … (see `evaluateDense`)
   * `stride` apart, one after the other in `log` from `offset` on. They count up to their ends.
   */
  steps(log: Float64Array, offset: number, count: number, rows: number, stride: number): void
  /** The states at the next `count` times, n numbers each, in `states` from `offset` on. */
  samples(states: Float64Array, offset: number, count: number): void
  /** Writes entries `first`, `first + 1` … of z at `t` within the last step into `out`, as many as it has. */
  evaluate(t: number, first: number, out: Float64Array): void
  /** The same of the entries `entries`, each into its place of `out`. */
  evaluateEntries(t: number, entries: Int32Array, out: Float64Array): void
  /** The last step, which has not passed, does not count: it is taken again. */
  withdraw(): void
  /** The last step counts up to `t`: its end, or the root that cuts it short. */
  passed(t: number): void
  /** There was an event at `t`. */
  event(t: number): void
  /** The state at `t` after all events of that time, where a run begins, goes on after events, or ends. */
  settled(t: number, y: Float64Array, s: Float64Array | null): void
}
