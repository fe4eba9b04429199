import type { System } from '../system.ts'

/** 2^-26, the root of the machine epsilon. */
const rootEpsilon = 1.490_116_119_384_765_6e-8
/** Share of |t| that moves t without losing the increment to rounding: 2^-42. */
const leastTimeIncrement = 2.273_736_754_432_320_6e-13

/**
 * Forward differences of the right-hand side, for systems without exact derivatives.
 *
 * The increment of y_j is 2^-26 (the root of the machine epsilon) times the largest of |y_j|, |h f_j| and the size
 * atol_j / rtol below which y_j does not matter, in the direction of f_j, so that a state at the edge of its domain is
 * moved the way the solution moves. n right-hand sides for a Jacobian, one for a time derivative.
 */
export class FiniteDifferences {
  private readonly moved: Float64Array
  private readonly slope: Float64Array
  private readonly floor: Float64Array

  constructor(dimension: number, rtol: number, atol: Float64Array) {
    this.moved = new Float64Array(dimension)
    this.slope = new Float64Array(dimension)
    // Below 1e-8 a tolerance says nothing about the size of the state any more.
    this.floor = atol.map((value) => value / Math.max(rtol, 1e-8))
  }

  /** Writes ∂f/∂y at (t, y), where f(t, y) = `f`, into `out`; `h` is the step about to be tried. */
  jacobian(system: System, t: number, y: Float64Array, f: Float64Array, h: number, out: Float64Array): void {
    const { moved, slope, floor } = this
    const n = y.length
    moved.set(y)
    for (let j = 0; j < n; j++) {
      const value = y[j]!
      const size = rootEpsilon * Math.max(Math.abs(value), Math.abs(h * f[j]!), floor[j]!)
      moved[j] = f[j]! < 0 ? value - size : value + size
      // The increment actually representable.
      const increment = moved[j]! - value
      system.derivative(t, moved, slope)
      for (let i = 0; i < n; i++) out[i * n + j] = (slope[i]! - f[i]!) / increment
      moved[j] = value
    }
  }

  /** Writes ∂f/∂t into `out`, looking no further ahead than the step of length `h`. */
  timeDerivative(system: System, t: number, y: Float64Array, f: Float64Array, h: number, out: Float64Array): void {
    const { slope } = this
    const size = Math.min(h, Math.max(rootEpsilon * h, leastTimeIncrement * Math.abs(t)))
    const ahead = t + size
    const increment = ahead - t
    system.derivative(ahead, y, slope)
    for (let i = 0; i < slope.length; i++) out[i] = (slope[i]! - f[i]!) / increment
  }
}
