import type { RosenbrockTableau } from '../methods/method.ts'
import type { SensitivitySystem, System } from '../system.ts'
import type { Arithmetic, SparseArithmetic } from './arithmetic.ts'
import { errorNorm, worstComponent } from './error-norm.ts'
import { FiniteDifferences } from './finite-differences.ts'
import { denseRowsInto, flattenRows, linearCombination, vectorsOf } from './linear-combination.ts'
import { decompose, solve } from './lu.ts'
import { SensitivityError } from './sensitivity-error.ts'
import { DenseMap, SpectralRadius } from './spectral-radius.ts'
import type { Stepper, Tolerances } from './stepper.ts'

/**
 * Steps of any Rosenbrock method (see `RosenbrockTableau` for the form), with one dense LU decomposition of
 * W = I/(hγ) − J for each attempt; J and ∂f/∂t are kept when a step is tried again.
 *
 * Sensitivities are the exact derivative of these formulas at a given h. Differentiating W k_i = F_i gives
 * W k_i' = F_i' + J' k_i, hence, with s the sensitivities at the start of the step,
 *
 * W k_i' = ∂f/∂y(u_i) u_i' + ∂f/∂p(u_i) + Σ_j (C_ij/h) k_j' + h γ_i (∂f/∂t)' + (∂J/∂y·s + ∂J/∂p) k_i.
 *
 * They are computed for accepted steps only, with the decomposition at hand.
 *
 * Sparse arithmetic takes the place of the dense matrix wherever its factors can be trusted.
 */
export class RosenbrockStepper implements Stepper {
  readonly dimension: number
  readonly parameterCount: number
  readonly order: number
  readonly errorOrder: number
  readonly denseRows: number
  singular = false
  t = 0
  y: Float64Array
  s: Float64Array | null
  rhsEvaluations = 0
  jacobianEvaluations = 0
  decompositions = 0
  /** Attempts that sparse factors could not be trusted with. */
  pivotFallbacks = 0

  private readonly system: System
  private readonly tangentSystem: SensitivitySystem | null
  private readonly differences: FiniteDifferences
  private readonly spectralRadius: SpectralRadius
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly stages: number
  private readonly gamma: number
  private readonly alpha: Float64Array
  private readonly gammaSum: Float64Array
  private readonly a: Float64Array
  private readonly C: Float64Array
  private readonly b: Float64Array
  private readonly e: Float64Array
  private readonly denseWeights: Float64Array
  /** Whether the state of a stage, and of the end (the last entry), is that of the stage before and one term. */
  private readonly continued: readonly boolean[]
  private readonly errorSum: Arithmetic['errorSum']
  private readonly sparse: SparseArithmetic | undefined
  private readonly rates: Float64Array
  private isSparse = false

  private yOld: Float64Array
  private sOld: Float64Array | null
  private h = 0
  private end = 0
  private linearized = false
  private finiteJacobian = true
  private readonly J: Float64Array
  private readonly jacobianMap: DenseMap
  private readonly W: Float64Array
  private readonly pivots: Int32Array
  private readonly f0: Float64Array
  private readonly f: Float64Array
  private readonly ft: Float64Array
  private readonly error: Float64Array
  private readonly zero: Float64Array
  private readonly u: readonly Float64Array[]
  private readonly increments: Float64Array
  private readonly k: readonly Float64Array[]
  private readonly sensitivityError: SensitivityError | null
  private readonly errorTangent: Float64Array
  private readonly uTangent: Float64Array
  private readonly fTangent: Float64Array
  private readonly ftTangent: Float64Array
  private readonly jTangent: Float64Array
  private readonly incrementTangents: Float64Array
  private readonly kTangent: readonly Float64Array[]

  constructor(
    tableau: RosenbrockTableau,
    system: System,
    tolerances: Tolerances,
    sensitivities: SensitivitySystem | null,
    arithmetic: Arithmetic,
  ) {
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
    this.differences = new FiniteDifferences(n, tolerances.rtol, tolerances.atol)
    this.spectralRadius = new SpectralRadius(n, tolerances.rtol, tolerances.atol)
    this.stages = stages
    this.gamma = tableau.gamma
    this.alpha = Float64Array.from(tableau.alpha)
    this.gammaSum = Float64Array.from(tableau.gammaSum)
    this.a = flattenRows(tableau.a, stages)
    this.C = flattenRows(tableau.C, stages)
    this.b = Float64Array.from(tableau.b)
    this.e = Float64Array.from(tableau.e)
    this.denseWeights = flattenRows(tableau.dense, stages)
    this.denseRows = tableau.dense.length
    this.continued = [...tableau.a, tableau.b].map((row, i) => i > 1 && continues(row, tableau.a[i - 1] ?? []))
    this.errorSum = arithmetic.errorSum
    this.sparse = arithmetic.sparse
    this.rates = arithmetic.sparse?.rates ?? new Float64Array(n)
    this.y = new Float64Array(n)
    this.yOld = new Float64Array(n)
    this.s = sensitivities === null ? null : new Float64Array(m * n)
    this.sOld = sensitivities === null ? null : new Float64Array(m * n)
    this.J = new Float64Array(n * n)
    this.jacobianMap = new DenseMap(this.J)
    this.W = new Float64Array(n * n)
    this.pivots = new Int32Array(n)
    this.f0 = new Float64Array(n)
    this.f = new Float64Array(n)
    this.ft = new Float64Array(n)
    this.error = new Float64Array(n)
    this.zero = new Float64Array(Math.max(n, m * n))
    this.u = vectorsOf(new Float64Array(stages * n), stages, n)
    this.increments = new Float64Array(stages * n)
    this.k = vectorsOf(this.increments, stages, n)
    this.sensitivityError = sensitivities === null ? null : new SensitivityError(n, m, tolerances.rtol, tolerances.atol)
    this.errorTangent = new Float64Array(m * n)
    this.uTangent = new Float64Array(m * n)
    this.fTangent = new Float64Array(m * n)
    this.ftTangent = new Float64Array(m * n)
    this.jTangent = new Float64Array(m * n)
    this.incrementTangents = new Float64Array(stages * m * n)
    this.kTangent = vectorsOf(this.incrementTangents, stages, m * n)
  }

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    this.t = t
    this.y.set(y)
    if (this.s !== null && s !== null) this.s.set(s)
    this.linearized = false
  }

  attempt(end: number): number {
    const { t, y, u, k, f, ft, stages, increments, rates, dimension: n } = this
    // Between events closer than this nothing happens, and 1/h would overflow.
    const h = Math.max(end - t, 1e-300)
    this.h = h
    this.end = end
    if (!this.linearized) this.linearize(t, h)
    // An infinite entry would make increments of zero, which look like a solution at rest.
    if (!this.finiteJacobian) {
      this.singular = false
      return Number.NaN
    }
    if (!this.decomposeAt(h)) return Number.NaN
    for (let i = 0; i < stages; i++) {
      const stage = u[i]!
      const increment = k[i]!
      if (i === 0) {
        stage.set(y)
        f.set(this.f0)
      } else {
        this.combine(stage, y, u[i - 1]!, this.a, i, increments)
        const alpha = this.alpha[i]!
        this.evaluate(alpha === 1 ? end : t + alpha * h, stage, f)
      }
      const slope = h * this.gammaSum[i]!
      for (let l = 0; l < n; l++) increment[l] = slope === 0 ? rates[l]! : rates[l]! + slope * ft[l]!
      linearCombination(increment, increment, 1 / h, this.C, i * stages, i, increments)
      for (let l = 0; l < n; l++) increment[l] = f[l]! + increment[l]!
      this.solve(increment, 0)
    }
    this.rhsEvaluations += stages - 1
    this.combine(this.yOld, y, u[stages - 1]!, this.b, stages, increments)
    linearCombination(this.error, this.zero, 1, this.e, 0, stages, increments)
    return errorNorm(this.error, y, this.yOld, this.rtol, this.atol, this.errorSum)
  }

  worst(): number {
    return worstComponent(this.error, this.y, this.yOld, this.rtol, this.atol)
  }

  accept(): void {
    if (this.tangentSystem !== null) this.acceptTangent(this.tangentSystem)
    const next = this.yOld
    this.yOld = this.y
    this.y = next
    this.t = this.end
    this.linearized = false
  }

  dense(out: Float64Array, offset: number): void {
    const { stages, denseRows: rows, denseWeights: weights, dimension: n } = this
    const width = n * (1 + this.parameterCount)
    const to = offset + 2 * width
    out.set(this.yOld, offset)
    out.set(this.y, offset + width)
    denseRowsInto(out, to, width, n, 1, weights, rows, stages, this.increments)
    if (this.s === null || this.sOld === null) return
    out.set(this.sOld, offset + n)
    out.set(this.s, offset + width + n)
    denseRowsInto(out, to + n, width, width - n, 1, weights, rows, stages, this.incrementTangents)
  }

  stiffness(): number {
    return this.h * this.spectralRadius.estimate(this.jacobianMap, this.yOld)
  }

  sensitivityNorm(): number {
    const { sensitivityError, tangentSystem, errorTangent, s, sOld, stages } = this
    if (sensitivityError === null || s === null || sOld === null) return 0
    sensitivityError.weigh(this.yOld, this.y, sOld, s, tangentSystem?.parameterScales)
    linearCombination(errorTangent, this.zero, 1, this.e, 0, stages, this.incrementTangents)
    return sensitivityError.norm(errorTangent, null, s)
  }

  sensitivityStiffness(): number {
    return Number.NaN
  }

  private linearize(t: number, h: number): void {
    const { system, y, f0, dimension: n } = this
    this.evaluate(t, y, f0)
    this.rhsEvaluations++
    if (system.jacobian === undefined) {
      this.differences.jacobian(system, t, y, f0, h, this.J)
      this.rhsEvaluations += n
    } else system.jacobian(t, y, this.J)
    this.jacobianEvaluations++
    if (system.timeDerivative === undefined) {
      this.differences.timeDerivative(system, t, y, f0, h, this.ft)
      this.rhsEvaluations++
    } else system.timeDerivative(t, y, this.ft)
    this.finiteJacobian = this.J.every(Number.isFinite) && this.ft.every(Number.isFinite)
    this.linearized = true
  }

  /** f without the rates. */
  private evaluate(t: number, y: Float64Array, out: Float64Array): void {
    if (this.sparse === undefined) this.system.derivative(t, y, out)
    else this.sparse.bareDerivative(t, y, out)
  }

  private solve(x: Float64Array, offset: number): void {
    if (this.isSparse && this.sparse !== undefined) this.sparse.solve(x, offset)
    else solve(this.W, this.dimension, this.pivots, x, offset)
  }

  /** The state of stage i (of the end, where i counts all stages) from the start, or from the stage before it. */
  private combine(
    out: Float64Array,
    start: Float64Array,
    before: Float64Array,
    weights: Float64Array,
    i: number,
    increments: Float64Array,
  ): void {
    const { stages } = this
    const row = weights === this.b ? 0 : i * stages
    if (this.continued[i] !== true) {
      linearCombination(out, start, 1, weights, row, i, increments)
      return
    }
    const weight = weights[row + i - 1]!
    const from = (i - 1) * out.length
    for (let l = 0; l < out.length; l++) out[l] = before[l]! + weight * increments[from + l]!
  }

  private decomposeAt(h: number): boolean {
    const { J, W, sparse, dimension: n } = this
    const diagonal = 1 / (h * this.gamma)
    this.decompositions++
    this.singular = false
    this.isSparse = sparse?.factorize(J, diagonal) ?? false
    if (this.isSparse) return true
    if (sparse !== undefined) this.pivotFallbacks++
    for (let i = 0; i < n * n; i++) W[i] = -J[i]!
    for (let i = 0; i < n; i++) W[i * n + i] = W[i * n + i]! + diagonal
    this.singular = !decompose(W, n, this.pivots)
    return !this.singular
  }

  private acceptTangent(system: SensitivitySystem): void {
    const { t, h, end, stages, u, k, sparse, uTangent, fTangent, ftTangent, jTangent, dimension: n } = this
    const s = this.s
    const next = this.sOld
    if (s === null || next === null) return
    const all = this.incrementTangents
    const length = uTangent.length
    system.linearize(t, this.y)
    const bySparse = sparse?.stageTangent !== undefined
    if (!bySparse) system.timeTangent(s, ftTangent)
    for (let i = 0; i < stages; i++) {
      const increment = this.kTangent[i]!
      this.combine(uTangent, s, uTangent, this.a, i, all)
      const alpha = this.alpha[i]!
      const at = alpha === 1 ? end : t + alpha * h
      const slope = h * this.gammaSum[i]!
      if (bySparse) {
        linearCombination(fTangent, this.zero, 1 / h, this.C, i * stages, i, all)
        sparse.stageTangent?.(at, u[i]!, uTangent, s, k[i]!, slope, fTangent, increment)
      } else {
        system.tangent(at, u[i]!, uTangent, fTangent)
        system.jacobianTangent(s, k[i]!, jTangent)
        linearCombination(increment, fTangent, 1 / h, this.C, i * stages, i, all)
        for (let l = 0; l < length; l++) increment[l] = increment[l]! + (slope * ftTangent[l]! + jTangent[l]!)
      }
      for (let to = 0; to < length; to += n) this.solve(increment, to)
    }
    this.combine(next, s, uTangent, this.b, stages, all)
    this.sOld = s
    this.s = next
  }
}

/** Whether a row of weights is the one before it with one more entry, so that its sum is that sum and one term. */
function continues(row: readonly number[], before: readonly number[]): boolean {
  return before.length > 0 && before.every((weight, j) => weight === row[j])
}
