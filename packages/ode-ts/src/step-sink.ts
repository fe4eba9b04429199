import type { StepperLane } from './stepper.ts'

/** Where the solution of a run goes, step by step. */
export interface StepSink {
  /** A step from `start` to `end` was accepted; its continuous extension is to be had from `lane` during this call. */
  step(lane: StepperLane, start: number, end: number): void
  /** Writes entries `first`, `first + 1` … of z at `t` within the last step into `out`, as many as it has. */
  evaluate(t: number, first: number, out: Float64Array): void
  /** The last step counts up to `t`: its end, or the root that cuts it short. */
  passed(t: number): void
  /** There was an event at `t`. */
  event(t: number): void
  /** The state at `t` after all events of that time, where a run begins, goes on after events, or ends. */
  settled(t: number, y: Float64Array, s: Float64Array | null): void
}
