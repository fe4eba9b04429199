/** Why an integration could not go on. */
export type Failure =
  | 'max-steps'
  /** The step fell below the resolution of time. */
  | 'step-size'
  | 'non-finite'
  | 'singular-matrix'
  /** Root conditions changed the state too often. */
  | 'event-limit'
  /** The run took longer than it may. */
  | 'deadline'
  /** A steady state was asked for, but the solution goes on changing, as in oscillations and growth. */
  | 'not-steady'

/**
 * How an integration ended. Numerical failure is a value with its reason, time and state, never an exception; what was
 * computed up to `t` remains valid.
 */
export type Outcome =
  | { readonly status: 'finished'; readonly t: number }
  /** A root condition stopped the run; `index` is its place in the list of conditions. */
  | { readonly status: 'event'; readonly t: number; readonly index: number }
  /** The caller's `shouldStop` said so. */
  | { readonly status: 'stopped'; readonly t: number }
  | {
      readonly status: 'failed'
      readonly reason: Failure
      readonly t: number
      /** The last accepted state. */
      readonly y: Float64Array
      /** What happened, with the numbers and what to try. */
      readonly message: string
    }
