import { denseRowCount, explicitDenseWeights } from './dense-output.ts'
import { errorNorm, worstComponent } from './error-norm.ts'
import { DifferenceMap } from './finite-differences.ts'
import { denseRowsInto, flattenRows, linearCombination, vectorsOf } from './linear-combination.ts'
import type { Tableau } from './method.ts'
import { SpectralRadius } from './spectral-radius.ts'
import type { Stepper, Tolerances } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'

/**
 * Steps of any explicit Runge–Kutta method: u_i = y + h Σ_j a_ij k_j, k_i = f(t + c_i h, u_i), y1 = y + h Σ_i b_i k_i.
 *
 * Sensitivities are the exact derivative of these formulas at a given h: k_i' = ∂f/∂y(u_i) u_i' + ∂f/∂p(u_i). They are
 * computed for accepted steps only.
 */
export class ExplicitStepper implements Stepper {
  readonly dimension: number
  readonly parameterCount: number
  readonly order: number
  readonly errorOrder: number
  readonly denseRows: number
  readonly singular = false
  readonly jacobianEvaluations = 0
  readonly decompositions = 0
  t = 0
  y: Float64Array
  s: Float64Array | null
  rhsEvaluations = 0

  private readonly system: System
  private readonly tangentSystem: SensitivitySystem | null
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly stages: number
  private readonly firstSameAsLast: boolean
  private readonly a: Float64Array
  private readonly b: Float64Array
  private readonly c: Float64Array
  private readonly e: Float64Array
  private readonly denseWeights: Float64Array
  private readonly differences: DifferenceMap
  private readonly spectralRadius: SpectralRadius

  private tOld = 0
  private yOld: Float64Array
  private sOld: Float64Array | null
  private h = 0
  private end = 0
  /** What the first stage needs: nothing, the last stage of the step before, or an evaluation. */
  private first: 'ready' | 'move' | 'evaluate' = 'evaluate'
  private tangentFirst: 'move' | 'evaluate' = 'evaluate'
  private readonly u: readonly Float64Array[]
  private readonly slopes: Float64Array
  private readonly k: readonly Float64Array[]
  private readonly error: Float64Array
  private readonly zero: Float64Array
  private readonly uTangent: Float64Array
  private readonly slopeTangents: Float64Array
  private readonly kTangent: readonly Float64Array[]

  constructor(tableau: Tableau, system: System, tolerances: Tolerances, sensitivities: SensitivitySystem | null) {
    const n = system.dimension
    const m = sensitivities === null ? 0 : sensitivities.parameterCount
    const stages = tableau.b.length
    this.system = system
    this.tangentSystem = sensitivities
    this.dimension = n
    this.parameterCount = m
    this.order = tableau.order
    this.errorOrder = tableau.errorOrder
    this.rtol = tolerances.rtol
    this.atol = tolerances.atol
    this.stages = stages
    this.firstSameAsLast = tableau.firstSameAsLast
    this.a = flattenRows(tableau.a, stages)
    this.b = Float64Array.from(tableau.b)
    this.c = Float64Array.from(tableau.c)
    this.e = Float64Array.from(tableau.e)
    this.denseWeights = explicitDenseWeights(tableau)
    this.denseRows = denseRowCount(tableau)
    this.differences = new DifferenceMap(system, tolerances.rtol)
    this.spectralRadius = new SpectralRadius(n, tolerances.rtol, tolerances.atol)
    this.y = new Float64Array(n)
    this.yOld = new Float64Array(n)
    this.s = sensitivities === null ? null : new Float64Array(m * n)
    this.sOld = sensitivities === null ? null : new Float64Array(m * n)
    this.u = vectorsOf(new Float64Array(stages * n), stages, n)
    this.slopes = new Float64Array(stages * n)
    this.k = vectorsOf(this.slopes, stages, n)
    this.error = new Float64Array(n)
    this.zero = new Float64Array(n)
    this.uTangent = new Float64Array(m * n)
    this.slopeTangents = new Float64Array(stages * m * n)
    this.kTangent = vectorsOf(this.slopeTangents, stages, m * n)
  }

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    this.t = t
    this.y.set(y)
    if (this.s !== null && s !== null) this.s.set(s)
    this.first = 'evaluate'
    this.tangentFirst = 'evaluate'
  }

  attempt(end: number): number {
    const { t, y, u, k, slopes, stages, system } = this
    const h = end - t
    const last = stages - 1
    this.h = h
    this.end = end
    if (this.first !== 'ready') {
      u[0]!.set(y)
      if (this.first === 'move') k[0]!.set(k[last]!)
      else this.evaluate(t, 0)
      this.first = 'ready'
    }
    for (let i = 1; i < stages; i++) {
      linearCombination(u[i]!, y, h, this.a, i * stages, i, slopes)
      const c = this.c[i]!
      system.derivative(c === 1 ? end : t + c * h, u[i]!, k[i]!)
    }
    this.rhsEvaluations += last
    const next = this.yOld
    if (this.firstSameAsLast) next.set(u[last]!)
    else linearCombination(next, y, h, this.b, 0, stages, slopes)
    linearCombination(this.error, this.zero, h, this.e, 0, stages, slopes)
    return errorNorm(this.error, y, next, this.rtol, this.atol)
  }

  worst(): number {
    return worstComponent(this.error, this.y, this.yOld, this.rtol, this.atol)
  }

  accept(): void {
    const next = this.yOld
    this.yOld = this.y
    this.y = next
    if (this.tangentSystem !== null) this.acceptTangent(this.tangentSystem)
    this.tOld = this.t
    this.t = this.end
    this.first = this.firstSameAsLast ? 'move' : 'evaluate'
  }

  dense(out: Float64Array, offset: number): void {
    const { h, stages, denseRows: rows, denseWeights: weights, dimension: n } = this
    const width = n * (1 + this.parameterCount)
    const to = offset + 2 * width
    out.set(this.yOld, offset)
    out.set(this.y, offset + width)
    denseRowsInto(out, to, width, n, h, weights, rows, stages, this.slopes)
    if (this.s === null || this.sOld === null) return
    out.set(this.sOld, offset + n)
    out.set(this.s, offset + width + n)
    denseRowsInto(out, to + n, width, width - n, h, weights, rows, stages, this.slopeTangents)
  }

  stiffness(): number {
    const map = this.differences.at(this.tOld, this.yOld, this.k[0]!)
    const before = map.evaluations
    const radius = this.spectralRadius.estimate(map, this.yOld)
    this.rhsEvaluations += map.evaluations - before
    return this.h * radius
  }

  private evaluate(t: number, stage: number): void {
    this.system.derivative(t, this.u[stage]!, this.k[stage]!)
    this.rhsEvaluations++
  }

  private acceptTangent(system: SensitivitySystem): void {
    const { t, h, end, stages, u, kTangent, slopeTangents, uTangent } = this
    const s = this.s
    const next = this.sOld
    if (s === null || next === null) return
    const last = stages - 1
    if (this.tangentFirst === 'move') kTangent[0]!.set(kTangent[last]!)
    else system.tangent(t, u[0]!, s, kTangent[0]!)
    for (let i = 1; i < stages; i++) {
      linearCombination(uTangent, s, h, this.a, i * stages, i, slopeTangents)
      const c = this.c[i]!
      system.tangent(c === 1 ? end : t + c * h, u[i]!, uTangent, kTangent[i]!)
    }
    if (this.firstSameAsLast) next.set(uTangent)
    else linearCombination(next, s, h, this.b, 0, stages, slopeTangents)
    this.sOld = s
    this.s = next
    this.tangentFirst = this.firstSameAsLast ? 'move' : 'evaluate'
  }
}
