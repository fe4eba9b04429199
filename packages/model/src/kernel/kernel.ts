import type { Entry } from './code/entry-slots.ts'
import type { LaneCount } from './code/memory-layout.ts'
import type { MarchBuffers } from './march/march-buffers.ts'
import type { MarchSlots } from './march/march-slots.ts'

/** Where a kernel's memory holds what the stepper writes and reads; slots of one number for each lane. */
export interface KernelSlots {
  readonly parameters: number
  /** Switches, then dose inputs. */
  readonly switches: number
  /** Infusion rates, a vector. */
  readonly rates: number
  readonly rtol: number
  readonly atol: number
  /** Start and end of the attempt. */
  readonly t: number
  readonly end: number
  /** State at t, state at the end and the rows of the continuous extension, vectors one after the other. */
  readonly y0: number
  readonly y1: number
  readonly rows: number
  /** Error of the last attempt, a vector. */
  readonly error: number
  readonly norm: number
  /** With two lanes: all bits set in those that `AttemptFlag.accept` is meant for. */
  readonly accepted: number
  /** f at t and y0 after `slope()`, a vector. */
  readonly slope: number
  /** Where entry k of the Jacobian is; none of explicit methods. */
  readonly jacobian: readonly JacobianEntry[]
  /** Of explicit methods: h·|λ| of the last accepted step, after `stiffness()`. */
  readonly stiffness?: number
  /** Right-hand sides since the stepper last set it to 0, where attempts differ in their number. */
  readonly evaluations?: number
  /** Absent in kernels without sensitivities. */
  readonly tangents?: TangentSlots
}

/** An entry of the Jacobian and where it is. */
export interface JacobianEntry {
  readonly row: number
  readonly column: number
  readonly entry: Entry
}

/**
 * Where a kernel with sensitivities holds them: vectors of pairs of parameters, for each pair and each state the numbers
 * of both.
 */
export interface TangentSlots {
  readonly parameterCount: number
  /** At the start and the end of the step, and rows of the continuous extension, one after the other. */
  readonly s0: number
  readonly s1: number
  readonly rows: number
  /** ∂rate/∂p of the infusions. */
  readonly rates: number
  /** What `tangentError` and `tangentStiffness` write: an error and its second estimate; a rise and its run. */
  readonly first: number
  readonly second: number
  /** The error is estimated twice. */
  readonly hasLow: boolean
}

/**
 * A stepper as a WebAssembly module; plain data, but for the functions of the instance:
 *
 * - `prologue()` computes what depends on parameters, switches and dose inputs alone;
 * - `attempt(flags)` tries a step from slot t to slot end and writes the error norm, -1 where the factorization was not
 *   to be trusted; flags: see `AttemptFlag`;
 * - `march(flags)` makes many steps in one call, the first with these flags, and `sample()` goes on with its samples
 *   when there is room again; see `MarchSlots`;
 * - `slope()` computes f at slot t and y0, without the infusion rates where `bareSlope` says so, with the values of a new
 *   start in the next attempt;
 * - `dense()` writes the rows of the continuous extension of the last attempt;
 * - with explicit methods, `stiffness()` estimates h·|λ| of the last accepted step;
 * - with sensitivities, `tangents(isFirst)` carries them through the last attempt, isFirst 1 for the first step after a
 *   start, and `denseTangents()` writes their rows; `tangentError()` their error over the last accepted step, and with
 *   explicit methods `tangentStiffness()` how far two stages at its end are apart.
 */
export interface Kernel {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly lanes: LaneCount
  readonly dimension: number
  readonly slots: KernelSlots
  readonly denseRows: number
  readonly byteLength: number
  /** Right-hand sides of one attempt, without that of the first stage; of accepting it; and of `dense`. */
  readonly bareSlope: boolean
  readonly evaluations: { readonly attempt: number; readonly accept: number; readonly dense: number }
  /** Absent in kernels with sensitivities, which have no `march`. */
  readonly march?: { readonly slots: MarchSlots; readonly buffers: MarchBuffers }
}

/** What an attempt has to do first, added up. */
export const AttemptFlag = {
  /** The last attempt was accepted: its end is the new start. */
  accept: 1,
  /** The derivatives at t are not known: a new start. */
  evaluate: 2,
} as const
