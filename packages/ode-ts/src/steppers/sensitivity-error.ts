import { joinNorms } from './error-norm.ts'
import { leastStiffnessGap } from './stiffness-pair.ts'

/** Share of an elasticity of 1 below which the sensitivities to a parameter need not be told from 0. */
const leastElasticity = 1e-6
/** What rounding leaves of an elasticity of 1. */
const rounding = 1e-13

/**
 * How far off the sensitivities of a step are, in tolerances.
 *
 * With a_i = atol_i + rtol·|y_i| the tolerance of a state, s_ij = ∂y_i/∂p_j may be off by rtol·|s_ij| + a_i·σ_j: σ_j is the
 * largest of |s_lj|·rtol/a_l, the sensitivity of the state that feels the parameter most, in units of that state. So what a
 * parameter does need not be known better where it does little than where it does most. σ_j is held between 1/|p_j|, an
 * elasticity of 1, which is what the states themselves are known to, and a millionth of that: less is rounding.
 */
export class SensitivityError {
  private readonly dimension: number
  private readonly parameterCount: number
  private readonly rtol: number
  private readonly atol: Float64Array
  /** 1/a_i, and what each sensitivity may be off by. */
  private readonly inverse: Float64Array
  private readonly weights: Float64Array

  constructor(dimension: number, parameterCount: number, rtol: number, atol: Float64Array) {
    this.dimension = dimension
    this.parameterCount = parameterCount
    this.rtol = rtol
    this.atol = atol
    this.inverse = new Float64Array(dimension)
    this.weights = new Float64Array(dimension * parameterCount)
  }

  /**
   * Settles what the sensitivities of a step from (y0, s0) to (y1, s1) may be off by; `scales` are the sizes of the
   * parameters (see `SensitivitySystem.parameterScales`). Comes before the other two.
   */
  weigh(
    y0: Float64Array,
    y1: Float64Array,
    s0: Float64Array,
    s1: Float64Array,
    scales: Float64Array | undefined,
  ): void {
    const { dimension: n, parameterCount: m, rtol, atol, inverse, weights } = this
    for (let i = 0; i < n; i++) {
      inverse[i] = 1 / (atol[i]! + rtol * Math.max(Math.abs(y0[i]!), Math.abs(y1[i]!)))
    }
    const least = Math.min(1, Math.max(leastElasticity, rounding / rtol))
    for (let j = 0, at = 0; j < m; j++) {
      let sigma = 0
      for (let i = 0; i < n; i++, at++) {
        const size = rtol * Math.max(Math.abs(s0[at]!), Math.abs(s1[at]!))
        weights[at] = size
        const relative = size * inverse[i]!
        if (relative > sigma) sigma = relative
      }
      const scale = scales === undefined ? 0 : Math.abs(scales[j]!)
      const most = scale > 0 ? 1 / scale : Number.POSITIVE_INFINITY
      sigma = Math.min(most, Math.max(sigma, scale > 0 ? least * most : least))
      at -= n
      for (let i = 0; i < n; i++, at++) weights[at] = weights[at]! + sigma / inverse[i]!
    }
  }

  /**
   * Largest of the root mean squares over the states, one for each parameter, of an error; `low` is its second estimate
   * (see `joinNorms`). Not finite when any entry of them or of `s1` is not.
   */
  norm(error: Float64Array, low: Float64Array | null, s1: Float64Array): number {
    const { dimension: n, parameterCount: m, weights } = this
    let largest = 0
    for (let j = 0, at = 0; j < m; j++) {
      let sum = 0
      let lowSum = 0
      for (let i = 0; i < n; i++, at++) {
        const weight = weights[at]!
        const ratio = error[at]! / weight
        // an infinite sensitivity has an infinite weight and would hide its error; 0·∞ is NaN
        sum += ratio * ratio + 0 * s1[at]!
        if (low === null) continue
        const lowRatio = low[at]! / weight
        lowSum += lowRatio * lowRatio
      }
      const own = Math.sqrt(sum / n)
      const joined = low === null ? own : joinNorms(own, Math.sqrt(lowSum / n))
      if (!(joined <= largest)) largest = joined
      if (Number.isNaN(largest)) return largest
    }
    return largest
  }

  /**
   * h·|λ| from how far two stages at the end of the step are apart, `rise`, and their sensitivities, `run` (divided by h):
   * as of the states, see `StiffnessPair`. NaN when unknown.
   */
  stiffness(rise: Float64Array, run: Float64Array, h: number): number {
    const { dimension: n, weights } = this
    let rises = 0
    let runs = 0
    for (let k = 0; k < weights.length; k++) {
      const dk = rise[k]! / weights[k]!
      const du = run[k]! / weights[k]!
      rises += dk * dk
      runs += du * du
    }
    return n * (leastStiffnessGap * leastStiffnessGap) <= runs * h * h ? Math.sqrt(rises / runs) : Number.NaN
  }
}
