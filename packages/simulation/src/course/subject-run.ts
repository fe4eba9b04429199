import type { Outcome, Statistics } from 'ode-ts'
import type { RunMemory } from './run-memory.ts'

/**
 * A subject's course, readable at any time of [start, end]; a time with a dose reads the state after it unless `side`
 * says 'before'. Quantities are the states in model order, then the outputs.
 */
export interface SubjectRun {
  /** Where the run is kept. */
  readonly memory: RunMemory
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly start: number
  /** Last time reached. */
  readonly end: number
  /** Times at which accepted steps begin and end, ascending. */
  readonly knots: Float64Array
  /** Times of doses, infusion ends, resets, switches and changes of covariates, ascending, without repeats. */
  readonly eventTimes: Float64Array
  /** Writes states then outputs at `t` into `out` (length states + outputs). */
  read(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /** Quantity `index` alone, as `read` gives it. */
  value(index: number, t: number, side?: 'before' | 'after'): number
  /**
   * Reads many times at once: quantity `wanted[q]` at `times[k]` goes to `out[q][k]`, bit for bit what `read` gives;
   * before the doses of that time where `before[k]` is 1.
   */
  readColumns(times: Float64Array, wanted: readonly number[], out: readonly Float64Array[], before?: Uint8Array): void
  /** Writes ∂(states, outputs)/∂p at `t`, parameter-major (m × (states + outputs)). */
  readSensitivities(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /** As `read`, at record `index` of the simulation's records: after the doses before it, before those that follow it. */
  readRecord(index: number, out: Float64Array): void
  readRecordSensitivities(index: number, out: Float64Array): void
}
