import type { System } from './system.ts'

/**
 * Something that happens at a known time: a dose, a change of an infusion rate, a switch of the equations.
 *
 * The step before it ends on `t` exactly and the method restarts after it.
 */
export interface TimeEvent {
  readonly t: number
  /**
   * Changes the state, and with sensitivities `s` (m × n, parameter-major), in place. It may also change what the
   * system computes from here on. `s` is null when no sensitivities are carried.
   */
  readonly apply: (t: number, y: Float64Array, s: Float64Array | null) => void
}

/** An initial value problem on [t0, t1], t1 ≥ t0. */
export interface Problem {
  readonly system: System
  /** Names of the states for messages: "IL6 = 3e9" in place of "state 12 = 3e9". */
  readonly stateNames?: readonly string[]
  readonly t0: number
  /** Initial state, length n; copied. */
  readonly y0: Float64Array
  readonly t1: number
  /** In any order: sorted by time as numbers; events at one time keep their order here. Those outside [t0, t1] are refused. */
  readonly events?: readonly TimeEvent[]
  /**
   * ∂y0/∂p (m × n, parameter-major); with it the system must be a `SensitivitySystem`, and sensitivities are carried. Their
   * error has a say in the length of steps: states come out within the tolerances as without them, but not bit for bit.
   */
  readonly sensitivities?: Float64Array
}
