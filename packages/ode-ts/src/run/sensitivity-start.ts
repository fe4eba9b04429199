import type { SensitivitySystem } from '../system.ts'
import { nthRoot } from './nth-root.ts'

/**
 * A first step by which sensitivities get under way, as `InitialStep` finds one for states: those of states at rest move
 * nevertheless, and a method for stiff problems would not see what it leaps over.
 */
export class SensitivityStart {
  private readonly system: SensitivitySystem
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly slope: Float64Array
  private readonly moved: Float64Array
  private readonly movedSlope: Float64Array

  constructor(system: SensitivitySystem, rtol: number, atol: Float64Array) {
    const length = system.dimension * system.parameterCount
    this.system = system
    this.rtol = rtol
    this.atol = atol
    this.slope = new Float64Array(length)
    this.moved = new Float64Array(length)
    this.movedSlope = new Float64Array(length)
  }

  /** Step for a method of order `order` at (t, y, s), at most `h`, that of the states. Two directional derivatives. */
  estimate(t: number, y: Float64Array, s: Float64Array, order: number, h: number): number {
    const { system, slope, moved, movedSlope } = this
    system.tangent(t, y, s, slope)
    for (let k = 0; k < moved.length; k++) moved[k] = s[k]! + h * slope[k]!
    system.tangent(t, y, moved, movedSlope)
    for (let k = 0; k < moved.length; k++) movedSlope[k] = (movedSlope[k]! - slope[k]!) / h
    const largest = Math.max(this.norm(slope, y, s), this.norm(movedSlope, y, s))
    if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return h
    return Math.min(h, nthRoot(0.01 / largest, order + 1))
  }

  /** Largest root mean square over the states, one for each parameter. */
  private norm(v: Float64Array, y: Float64Array, s: Float64Array): number {
    const { system, rtol, atol } = this
    const { dimension: n, parameterCount: m, parameterScales: scales } = system
    let largest = 0
    for (let j = 0, at = 0; j < m; j++) {
      const scale = scales?.[j] || 1
      let sum = 0
      for (let i = 0; i < n; i++, at++) {
        const ratio = (v[at]! * scale) / (atol[i]! + rtol * (Math.abs(y[i]!) + Math.abs(s[at]!) * scale))
        sum += ratio * ratio
      }
      largest = Math.max(largest, sum)
    }
    return Math.sqrt(largest / n)
  }
}
