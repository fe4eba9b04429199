import { integrateOnGrid } from './integrate.ts'
import { rodas5p } from './methods/rodas5p.ts'
import type { Failure } from './outcome.ts'
import { InitialStep } from './run/initial-step.ts'
import { resolveControl } from './run/resolve-control.ts'
import { createStepper } from './steppers/create-stepper.ts'
import { FiniteDifferences } from './steppers/finite-differences.ts'
import { decompose, solve } from './steppers/lu.ts'
import type { StepperFactory } from './steppers/stepper.ts'
import type { System } from './system.ts'

/** How a steady state is looked for; defaults in brackets. */
export interface SteadyStateOptions {
  /** Time at which the right-hand side is held fixed (0). */
  readonly t?: number
  /** Relative accuracy of the state found (1e-9). */
  readonly rtol?: number
  /** Absolute accuracy in the units of the state, one for all or one for each (1e-12). */
  readonly atol?: number | Float64Array
  /** Most rounds of transient and Newton iteration, each round ten times as long as the one before (16). */
  readonly maxRounds?: number
  /** Names of the states for messages. */
  readonly stateNames?: readonly string[]
}

/** A steady state, or why there is none. */
export type SteadyState =
  | {
      readonly status: 'found'
      readonly y: Float64Array
      /** Largest |dy_i/dt| at `y`. */
      readonly residual: number
      /** Time the transient was followed for. */
      readonly elapsed: number
    }
  | {
      readonly status: 'failed'
      readonly reason: Failure
      readonly message: string
      /** The last state of the transient. */
      readonly y: Float64Array
      readonly elapsed: number
    }

/** Newton iterations a round. */
const mostIterations = 12
/** Share of a state by which Newton's iteration may move it: more would be another steady state than the one ahead. */
const nearby = 0.05
/** Share to which the distance from the steady state must fall in one round: from an unstable one it grows. */
const approach = 0.5
/** The pseudo-time step of Newton's iteration in units of the time elapsed. */
const pseudoStep = 1e6

/**
 * The steady state to which the solution from `y0` tends, f(t, y) = 0 at a fixed t.
 *
 * The transient is followed by Rodas5P over times that grow tenfold; after each, Newton's iteration with the matrix I/δ − J
 * (pseudo-transient continuation with a long δ: C. T. Kelley, D. E. Keyes, SIAM J. Numer. Anal. 35, 508–523, 1998) is
 * tried. It keeps what the equations conserve, so a singular Jacobian is no obstacle. Its result counts when it has
 * converged to the accuracy asked for, in a state close to the transient's that the transient approaches: an unstable
 * steady state that the solution leaves is not found, but a start exactly on one stays there.
 *
 * Throws a RangeError for shapes and tolerances that do not fit.
 */
export function steadyState(
  system: System,
  y0: Float64Array,
  options: SteadyStateOptions = {},
  makeStepper: StepperFactory = createStepper,
): SteadyState {
  const { t = 0, rtol = 1e-9, atol = 1e-12, maxRounds = 16, stateNames } = options
  const n = system.dimension
  if (y0.length !== n) throw new RangeError(`y0 has ${y0.length} entries, but the system has ${n} states`)
  if (!Number.isFinite(t)) throw new RangeError(`t must be finite, got ${t}`)
  if (!(maxRounds >= 1)) throw new RangeError(`maxRounds must be at least 1, got ${maxRounds}`)
  const control = resolveControl({ rtol, atol }, n)
  const frozen = freeze(system, t)
  const newton = new Newton(frozen, control.rtol, control.atol)
  const y = y0.slice()
  const looseTolerance = Math.max(control.rtol, 1e-6)
  const transient = { rtol: looseTolerance, atol: control.atol.map((value) => value * (looseTolerance / (rtol || 1))) }
  const before = new Float64Array(n)
  let elapsed = 0
  const derivative = (at: number, state: Float64Array, dydt: Float64Array) => frozen.derivative(at, state, dydt)
  const firstStep = new InitialStep(n, derivative, transient.rtol, transient.atol)
  let horizon = firstStep.estimate(0, y, rodas5p.order, 1)
  for (let round = 0; round < maxRounds; round++) {
    before.set(y)
    const { outcome } = integrateOnGrid(
      { system: frozen, t0: 0, y0: y, t1: horizon > 0 ? horizon : 1, ...(stateNames !== undefined && { stateNames }) },
      { times: Float64Array.of(horizon > 0 ? horizon : 1), receive: (_index, state) => y.set(state) },
      rodas5p,
      transient,
      {},
      makeStepper,
    )
    elapsed += outcome.t
    if (outcome.status === 'failed') {
      return { status: 'failed', reason: outcome.reason, message: outcome.message, y: outcome.y, elapsed }
    }
    const found = newton.polish(y, pseudoStep * elapsed)
    if (found !== null && newton.distance(y, found) <= Math.max(1, approach * newton.distance(before, found))) {
      return { status: 'found', y: found, residual: newton.residual, elapsed }
    }
    horizon *= 10
  }
  const index = newton.fastest(y)
  const message =
    `after a time of ${elapsed} the solution still changes, ${stateNames?.[index] ?? `state ${index}`} = ${y[index]} by ` +
    `${newton.slope(index)} per unit of time; it may oscillate or grow: look at its course, or raise maxRounds`
  return { status: 'failed', reason: 'not-steady', message, y, elapsed }
}

class Newton {
  /** Largest |f_i| at the state found. */
  residual = Number.NaN

  private readonly system: System
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly differences: FiniteDifferences
  private readonly f: Float64Array
  private readonly W: Float64Array
  private readonly pivots: Int32Array

  constructor(system: System, rtol: number, atol: Float64Array) {
    const n = system.dimension
    this.system = system
    this.rtol = rtol
    this.atol = atol
    this.differences = new FiniteDifferences(n, rtol, atol)
    this.f = new Float64Array(n)
    this.W = new Float64Array(n * n)
    this.pivots = new Int32Array(n)
  }

  /** A zero of f near `start`, or null. */
  polish(start: Float64Array, delta: number): Float64Array | null {
    const { system, f, W, pivots, rtol, atol } = this
    const n = start.length
    const y = start.slice()
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      system.derivative(0, y, f)
      if (system.jacobian === undefined) this.differences.jacobian(system, 0, y, f, 0, W)
      else system.jacobian(0, y, W)
      for (let i = 0; i < n * n; i++) W[i] = -W[i]!
      for (let i = 0; i < n; i++) W[i * n + i] = W[i * n + i]! + 1 / delta
      if (!decompose(W, n, pivots)) return null
      solve(W, n, pivots, f, 0)
      let sum = 0
      for (let i = 0; i < n; i++) {
        y[i] = y[i]! + f[i]!
        const ratio = f[i]! / (atol[i]! + rtol * Math.abs(y[i]!))
        sum += ratio * ratio
      }
      const size = Math.sqrt(sum / n)
      if (!(size < Number.POSITIVE_INFINITY)) return null
      if (!this.near(start, y)) return null
      if (size <= 1) {
        this.residual = Math.abs(this.slope(this.fastest(y)))
        return y
      }
    }
    return null
  }

  /** Distance of two states in units of the accuracy at the second. */
  distance(a: Float64Array, b: Float64Array): number {
    let sum = 0
    for (let i = 0; i < a.length; i++) {
      const ratio = (a[i]! - b[i]!) / (this.atol[i]! + this.rtol * Math.abs(b[i]!))
      sum += ratio * ratio
    }
    return Math.sqrt(sum / a.length)
  }

  /** Index of the state that changes fastest at `y`. */
  fastest(y: Float64Array): number {
    this.system.derivative(0, y, this.f)
    let index = 0
    for (let i = 1; i < y.length; i++) if (Math.abs(this.f[i]!) > Math.abs(this.f[index]!)) index = i
    return index
  }

  /** Its rate of change. */
  slope(index: number): number {
    return this.f[index]!
  }

  private near(from: Float64Array, to: Float64Array): boolean {
    for (let i = 0; i < from.length; i++) {
      const scale = Math.max(Math.abs(from[i]!), Math.abs(to[i]!))
      if (!(Math.abs(to[i]! - from[i]!) <= nearby * scale + this.atol[i]! / Math.max(this.rtol, 1e-8))) return false
    }
    return true
  }
}

function freeze(system: System, t: number): System {
  const { jacobian } = system
  return {
    dimension: system.dimension,
    derivative: (_t, y, dydt) => system.derivative(t, y, dydt),
    timeDerivative: (_t, _y, out) => out.fill(0),
    ...(jacobian !== undefined && {
      jacobian: (_t: number, y: Float64Array, out: Float64Array) => jacobian.call(system, t, y, out),
    }),
  }
}
