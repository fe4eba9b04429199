import type { Method } from 'ode-ts'

/** Whose rules event records follow where the two differ; docs/event-records.md tells where that is. */
export type RecordRules = 'nonmem' | 'rxode2'

/** How a model is integrated; defaults in brackets. */
export interface SolverOptions {
  /** 'auto', or a method of ode-ts ('auto'). */
  readonly method?: 'auto' | Method
  /** Relative tolerance (1e-6). */
  readonly rtol?: number
  /** Absolute tolerance for all states (1e-9). */
  readonly atol?: number
  /** Absolute tolerance of single states, by name. */
  readonly atolByState?: Readonly<Record<string, number>>
  /** Longest step (Infinity). */
  readonly maxStep?: number
  /** Most steps (100,000). */
  readonly maxSteps?: number
  /** Whose rules event records follow where NONMEM and rxode2 differ ('nonmem'). */
  readonly recordRules?: RecordRules
  /** Evaluate the model as a tape in place of a WebAssembly kernel (false): slower, an independent path to the same course. */
  readonly tape?: boolean
  /** Asked now and then, after every few steps; true stops the run. */
  readonly shouldStop?: () => boolean
}
