import type { CompiledModel } from '@cartkin/model'
import type { Outcome, Statistics } from 'ode-ts'
import type { EventRecord } from './event-record.ts'
import type { SolverOptions } from './solver-options.ts'

/** Everything that determines one subject's course. */
export interface SubjectSimulation {
  readonly model: CompiledModel
  /** Values of all parameters, in `model.parameters` order (see `parameterVector`). */
  readonly parameters: Float64Array
  /** Doses and resets; observation rows are ignored. In time order. */
  readonly records: readonly EventRecord[]
  /** Where the run begins, with the state x(0) of the text; no record may lie before it. */
  readonly start: number
  readonly end: number
  readonly options?: SolverOptions
  /** Parameters (indices) with respect to which sensitivities are carried. */
  readonly sensitivities?: readonly number[]
}

/**
 * A subject's course, readable at any time of [start, end]; a time with a dose reads the state after it unless `side`
 * says 'before'. Quantities are the states in model order, then the outputs.
 */
export interface SubjectRun {
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly start: number
  /** Last time reached. */
  readonly end: number
  /** Times at which accepted steps begin and end, ascending. */
  readonly knots: Float64Array
  /** Times of doses, infusion ends, resets and switches, ascending, without repeats. */
  readonly eventTimes: Float64Array
  /** Writes states then outputs at `t` into `out` (length states + outputs). */
  read(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /** Writes ∂(states, outputs)/∂p at `t`, parameter-major (m × (states + outputs)). */
  readSensitivities(t: number, out: Float64Array, side?: 'before' | 'after'): void
}

/** Runs one subject. Numerical failure is an outcome; the run is then readable up to its `end`. */
export declare function simulateSubject(simulation: SubjectSimulation): SubjectRun
