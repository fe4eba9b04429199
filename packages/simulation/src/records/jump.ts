import type { ModelSensitivities } from '@cartkin/model'
import type { System } from 'ode-ts'

/** Makes a change at a time τ(p) whose derivatives are `dt`, and the jump of the sensitivities that belongs to it. */
export type Jump = (
  t: number,
  y: Float64Array,
  s: Float64Array | null,
  dt: Float64Array,
  /** Changes the state, and the sensitivities as it were at a fixed time. */
  change: () => void,
) => void

export interface Jumps {
  /** For a change that adds to states: S⁺ = S⁻ + ∂Δ/∂p + (f(y⁻) − f(y⁺)) ∂τ/∂p. */
  readonly add: Jump
  /** For any other: S⁺ = ∂g/∂y (S⁻ + f(y⁻) ∂τ/∂p) + ∂g/∂p − f(y⁺) ∂τ/∂p with y⁺ = g(y⁻, p). */
  readonly change: Jump
}

/**
 * Jumps of a system: y changes by what is given, and the right-hand side is another before and after.
 *
 * S. Galán, W. F. Feehery, P. I. Barton, Appl. Numer. Math. 31:17, 1999.
 */
export function jumpsOf(system: System, sensitivities: ModelSensitivities | null): Jumps {
  if (sensitivities === null) {
    const plain: Jump = (_t, _y, _s, _dt, change) => change()
    return { add: plain, change: plain }
  }
  const n = system.dimension
  const before = new Float64Array(n)
  const after = new Float64Array(n)
  const isMoving = (dt: Float64Array) => dt.some((value) => value !== 0)
  return {
    add: (t, y, s, dt, change) => {
      const moves = s !== null && isMoving(dt)
      if (moves) system.derivative(t, y, before)
      change()
      if (!moves) return
      system.derivative(t, y, after)
      for (let j = 0; j < dt.length; j++) {
        for (let i = 0; i < n; i++) s[j * n + i]! += (before[i]! - after[i]!) * dt[j]!
      }
    },
    change: (t, y, s, dt, change) => {
      const moves = s !== null && isMoving(dt)
      const shift = (f: Float64Array, sign: number) => {
        if (!moves) return
        system.derivative(t, y, f)
        for (let j = 0; j < dt.length; j++) for (let i = 0; i < n; i++) s[j * n + i]! += sign * f[i]! * dt[j]!
      }
      shift(before, 1)
      change()
      shift(after, -1)
    },
  }
}
