import type { System } from '../system.ts'
import { nthRoot } from './nth-root.ts'

/**
 * A first step from the sizes of the state, its derivative and its second derivative, the last by an explicit Euler
 * step: E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, II.4. Two right-hand sides.
 */
export class InitialStep {
  private readonly slope: Float64Array
  private readonly moved: Float64Array
  private readonly movedSlope: Float64Array
  private readonly derivative: System['derivative']
  private readonly rtol: number
  private readonly atol: Float64Array

  /** For n states whose derivative that is. */
  constructor(n: number, derivative: System['derivative'], rtol: number, atol: Float64Array) {
    this.derivative = derivative
    this.rtol = rtol
    this.atol = atol
    this.slope = new Float64Array(n)
    this.moved = new Float64Array(n)
    this.movedSlope = new Float64Array(n)
  }

  /**
   * Step for a method of order `order` at (t, y), at most `limit`, which is also the scale of time when the state or
   * its derivative vanishes. NaN when the derivative at (t, y) is not finite; see `firstNotFinite`.
   */
  estimate(t: number, y: Float64Array, order: number, limit: number): number {
    const { derivative, slope, moved, movedSlope } = this
    derivative(t, y, slope)
    const sizeY = this.norm(y, y)
    const sizeSlope = this.norm(slope, y)
    if (!(sizeSlope < Number.POSITIVE_INFINITY)) return this.firstNotFinite() < 0 ? 1e-12 * limit : Number.NaN
    const guess = sizeY < 1e-5 || sizeSlope < 1e-5 ? 1e-6 * limit : (0.01 * sizeY) / sizeSlope
    const trial = Math.min(guess, limit)
    for (let i = 0; i < moved.length; i++) moved[i] = y[i]! + trial * slope[i]!
    derivative(t + trial, moved, movedSlope)
    for (let i = 0; i < moved.length; i++) movedSlope[i] = movedSlope[i]! - slope[i]!
    const sizeCurve = this.norm(movedSlope, y) / trial
    const largest = Math.max(sizeSlope, sizeCurve)
    // Where the Euler step left the domain of f nothing is known but that `trial` is too long.
    if (!(largest < Number.POSITIVE_INFINITY)) return trial * 1e-3
    const fine = largest <= 1e-15 ? Math.max(1e-6 * limit, trial * 1e-3) : nthRoot(0.01 / largest, order + 1)
    return Math.min(100 * trial, fine, limit)
  }

  /** Index of the first entry of the derivative of the last estimate that is not finite, or -1. */
  firstNotFinite(): number {
    return this.slope.findIndex((value) => !Number.isFinite(value))
  }

  private norm(v: Float64Array, y: Float64Array): number {
    let sum = 0
    for (let i = 0; i < v.length; i++) {
      const ratio = v[i]! / (this.atol[i]! + this.rtol * Math.abs(y[i]!))
      sum += ratio * ratio
    }
    return Math.sqrt(sum / v.length)
  }
}
