import { integrateOnGrid } from './integrate.ts'
import { rodas5p } from './methods/rodas5p.ts'
import { decompose, solve } from './steppers/lu.ts'
import type { SensitivitySystem } from './system.ts'

/** A steady state that was found, and the way to it. */
export interface SteadyPoint {
  /** Time at which the right-hand side is held fixed. */
  readonly t: number
  /** The steady state. */
  readonly y: Float64Array
  /** Where the transient that leads to it begins, with its sensitivities (m × n). */
  readonly y0: Float64Array
  readonly s0: Float64Array
  /** How long the transient was followed (`elapsed` of `steadyState`). */
  readonly elapsed: number
}

/** The pseudo-time step of the iteration in units of the time elapsed. */
const pseudoStep = 1e6
const mostIterations = 12
/** What of a vector remains after the iteration where the equations conserve something of it. */
const vanished = 1e-4

/**
 * ∂y/∂p of a steady state (m × n, parameter-major) by the implicit function theorem: J S = −∂f/∂p at a fixed t.
 *
 * Where the equations conserve something, J is singular and the theorem leaves a share of S open: that share depends on the
 * start, and is what forward sensitivities of the transient bring. S is then refined by S += (I/δ − J)⁻¹ (J S + ∂f/∂p),
 * which keeps what is conserved. Null where the transient cannot be followed or the matrix has no inverse.
 */
export function steadySensitivities(system: SensitivitySystem, point: SteadyPoint): Float64Array | null {
  const { t, y, y0, s0, elapsed } = point
  const n = system.dimension
  const m = system.parameterCount
  if (n === 0 || m === 0) return new Float64Array(m * n)
  const jacobian = new Float64Array(n * n)
  system.jacobian(t, y, jacobian)
  const delta = pseudoStep * (elapsed > 0 ? elapsed : 1)
  const W = jacobian.map((entry) => -entry)
  for (let i = 0; i < n; i++) W[i * n + i] = W[i * n + i]! + 1 / delta
  const pivots = new Int32Array(n)
  if (!decompose(W, n, pivots)) return null
  const start = conserves(jacobian, W, pivots, n)
    ? carried(frozen(system, t), y0, s0, elapsed)
    : new Float64Array(m * n)
  if (start === null) return null
  const s = start
  const residual = new Float64Array(m * n)
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    system.tangent(t, y, s, residual)
    let moved = 0
    for (let j = 0; j < m; j++) {
      const column = residual.subarray(j * n, (j + 1) * n)
      solve(W, n, pivots, column, 0)
      for (let i = 0; i < n; i++) {
        const k = j * n + i
        s[k] = s[k]! + column[i]!
        moved = Math.max(moved, Math.abs(column[i]!) / (Math.abs(s[k]!) + 1e-300))
      }
    }
    if (!Number.isFinite(moved)) return null
    if (moved <= 1e-13) break
  }
  return s
}

/** Whether J has directions in which nothing pulls back within the pseudo-time. */
function conserves(J: Float64Array, W: Float64Array, pivots: Int32Array, n: number): boolean {
  // no particular direction: entries between 1 and 2 that have nothing to do with each other
  const v = Float64Array.from({ length: n }, (_, i) => 1 + ((i * 0.618033988749895) % 1))
  const product = new Float64Array(n)
  for (let iteration = 0; iteration < 3; iteration++) {
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += J[i * n + k]! * v[k]!
      product[i] = sum
    }
    solve(W, n, pivots, product, 0)
    for (let i = 0; i < n; i++) v[i] = v[i]! + product[i]!
  }
  return v.some((value) => !(Math.abs(value) <= vanished))
}

/** Forward sensitivities at the end of the transient. */
function carried(system: SensitivitySystem, y0: Float64Array, s0: Float64Array, elapsed: number): Float64Array | null {
  const end: { s: Float64Array | null } = { s: null }
  const { outcome } = integrateOnGrid(
    { system, t0: 0, y0, t1: elapsed, sensitivities: s0 },
    {
      times: Float64Array.of(elapsed),
      receive: (_index, _state, s) => {
        end.s = s === null ? null : s.slice()
      },
    },
    rodas5p,
    { rtol: 1e-9, atol: 1e-12 },
  )
  return outcome.status === 'finished' ? end.s : null
}

/** The system as it is at a fixed time. */
function frozen(system: SensitivitySystem, t: number): SensitivitySystem {
  return {
    dimension: system.dimension,
    parameterCount: system.parameterCount,
    parameterScales: system.parameterScales,
    derivative: (_t, y, out) => system.derivative(t, y, out),
    jacobian: (_t, y, out) => system.jacobian(t, y, out),
    timeDerivative: (_t, _y, out) => out.fill(0),
    tangent: (_t, y, s, out) => system.tangent(t, y, s, out),
    linearize: (_t, y) => system.linearize(t, y),
    jacobianTangent: (s, k, out) => system.jacobianTangent(s, k, out),
    timeTangent: (_s, out) => out.fill(0),
  }
}
