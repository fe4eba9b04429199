import type { CollocationTableau } from '../methods/method.ts'
import { bendWeights } from '../output/dense-output.ts'
import type { System } from '../system.ts'
import { plainArithmetic } from './arithmetic.ts'
import { CollocationMatrices } from './collocation-matrices.ts'
import { errorNorm, worstComponent } from './error-norm.ts'
import { FiniteDifferences } from './finite-differences.ts'
import { denseRowsInto, flattenRows, vectorsOf } from './linear-combination.ts'
import { newtonControl } from './newton-control.ts'
import { DenseMap, SpectralRadius } from './spectral-radius.ts'
import type { Stepper, Tolerances } from './stepper.ts'

/**
 * Steps of any collocation method (see `CollocationTableau`) by simplified Newton iterations, E. Hairer, G. Wanner, Solving
 * Ordinary Differential Equations II, IV.8. The Jacobian is that of the start of the step; the iterations begin on the
 * collocation polynomial of the step before, carried on.
 *
 * The error is that of the embedded formula, of the order of the collocation polynomial: the solution at the end of a step
 * is better than that, the dense output is not.
 */
export class CollocationStepper implements Stepper {
  readonly dimension: number
  readonly parameterCount = 0
  readonly order: number
  readonly errorOrder: number
  readonly denseRows: number
  readonly s = null
  singular = false
  t = 0
  y: Float64Array
  rhsEvaluations = 0
  jacobianEvaluations = 0
  decompositions = 0

  private readonly tableau: CollocationTableau
  private readonly system: System
  private readonly rtol: number
  private readonly atol: Float64Array
  private readonly differences: FiniteDifferences
  private readonly spectralRadius: SpectralRadius
  private readonly matrices: CollocationMatrices
  private readonly stages: number
  private readonly T: Float64Array
  private readonly inverseT: Float64Array
  private readonly newtonTolerance: number
  private readonly failedNorm: number
  private readonly denseWeights: Float64Array
  private readonly basis: readonly (readonly number[])[]

  private yOld: Float64Array
  private h = 0
  private end = 0
  private linearized = false
  /** Length of the last accepted step, 0 after a start. */
  private lastStep = 0
  /** Factor by which the iterations were last seen to converge. */
  private contraction = 1
  private readonly J: Float64Array
  private readonly jacobianMap: DenseMap
  private readonly f0: Float64Array
  private readonly error: Float64Array
  private readonly u: Float64Array
  /** z_i = Y_i − y of the attempt, and of the last accepted step. */
  private z: Float64Array
  private zOld: Float64Array
  private readonly w: Float64Array
  private readonly slopes: readonly Float64Array[]
  private readonly change: readonly Float64Array[]

  constructor(tableau: CollocationTableau, system: System, tolerances: Tolerances) {
    const n = system.dimension
    const stages = tableau.c.length
    this.tableau = tableau
    this.system = system
    this.dimension = n
    this.order = tableau.order
    this.errorOrder = tableau.errorOrder
    this.denseRows = stages - 1
    this.rtol = tolerances.rtol
    this.atol = tolerances.atol
    this.differences = new FiniteDifferences(n, tolerances.rtol, tolerances.atol)
    this.spectralRadius = new SpectralRadius(n, tolerances.rtol, tolerances.atol)
    this.matrices = new CollocationMatrices(tableau, n)
    this.stages = stages
    this.T = flattenRows(tableau.T, stages)
    this.inverseT = flattenRows(tableau.inverseT, stages)
    const { share, roundings, leastRtol } = newtonControl
    const finest = (roundings * Number.EPSILON) / Math.max(tolerances.rtol, leastRtol)
    this.newtonTolerance = Math.max(share, finest)
    this.failedNorm = newtonControl.failedNorm(tableau.errorOrder)
    this.basis = lagrangeBasis(tableau.c)
    this.denseWeights = bendWeights(
      this.basis,
      tableau.c.map((node) => (node === 1 ? 1 : 0)),
    )
    this.y = new Float64Array(n)
    this.yOld = new Float64Array(n)
    this.J = new Float64Array(n * n)
    this.jacobianMap = new DenseMap(this.J)
    this.f0 = new Float64Array(n)
    this.error = new Float64Array(n)
    this.u = new Float64Array(n)
    this.z = new Float64Array(stages * n)
    this.zOld = new Float64Array(stages * n)
    this.w = new Float64Array(stages * n)
    this.slopes = vectorsOf(new Float64Array(stages * n), stages, n)
    this.change = vectorsOf(new Float64Array(stages * n), stages, n)
  }

  start(t: number, y: Float64Array): void {
    this.t = t
    this.y.set(y)
    this.linearized = false
    this.lastStep = 0
    this.contraction = 1
  }

  attempt(end: number): number {
    const { t, y, z, yOld: next, error, rtol, atol, dimension: n } = this
    const h = Math.max(end - t, 1e-300)
    this.h = h
    this.end = end
    if (!this.linearized) this.linearize(t, h)
    this.decompositions++
    this.singular = !this.matrices.decompose(this.J, h)
    if (this.singular) return Number.NaN
    this.predict(h)
    const converged = this.iterate(t, h, end)
    const last = (this.stages - 1) * n
    for (let i = 0; i < n; i++) next[i] = y[i]! + z[last + i]!
    this.estimate(this.f0, h)
    const norm = errorNorm(error, y, next, rtol, atol, plainArithmetic.errorSum)
    if (!(converged < Number.POSITIVE_INFINITY)) return Number.NaN
    if (converged > 1) return this.failedNorm
    if (!(norm > 1)) return norm
    // Very stiff components blow the estimate up; evaluating f at it brings them down (formula 8.20 there).
    const { u, f0 } = this
    for (let i = 0; i < n; i++) u[i] = y[i]! + error[i]!
    const slope = this.slopes[0]!
    this.system.derivative(t, u, slope)
    this.rhsEvaluations++
    this.estimate(slope, h)
    const second = errorNorm(error, y, next, rtol, atol, plainArithmetic.errorSum)
    if (second <= norm) return second
    this.estimate(f0, h)
    return norm
  }

  worst(): number {
    return worstComponent(this.error, this.y, this.yOld, this.rtol, this.atol)
  }

  accept(): void {
    const next = this.yOld
    this.yOld = this.y
    this.y = next
    const z = this.zOld
    this.zOld = this.z
    this.z = z
    this.t = this.end
    this.lastStep = this.h
    this.linearized = false
  }

  dense(out: Float64Array, offset: number): void {
    const { stages, denseRows: rows, denseWeights: weights, dimension: n } = this
    out.set(this.yOld, offset)
    out.set(this.y, offset + n)
    denseRowsInto(out, offset + 2 * n, n, n, 1, weights, rows, stages, this.zOld)
  }

  stiffness(): number {
    return this.h * this.spectralRadius.estimate(this.jacobianMap, this.yOld)
  }

  sensitivityNorm(): number {
    return 0
  }

  sensitivityStiffness(): number {
    return Number.NaN
  }

  private linearize(t: number, h: number): void {
    const { system, y, f0, dimension: n } = this
    system.derivative(t, y, f0)
    this.rhsEvaluations++
    if (system.jacobian === undefined) {
      this.differences.jacobian(system, t, y, f0, h, this.J)
      this.rhsEvaluations += n
    } else system.jacobian(t, y, this.J)
    this.jacobianEvaluations++
    this.linearized = true
  }

  /** First guess of z and of w = T⁻¹ z. */
  private predict(h: number): void {
    const { z, zOld, w, lastStep, stages, basis, tableau, dimension: n } = this
    if (lastStep === 0) {
      z.fill(0)
      w.fill(0)
      return
    }
    const last = (stages - 1) * n
    for (let i = 0; i < stages; i++) {
      const theta = 1 + (tableau.c[i]! * h) / lastStep
      for (let l = 0; l < n; l++) z[i * n + l] = -zOld[last + l]!
      for (let j = 0; j < stages; j++) {
        const weight = basis[j]!.reduceRight((value, coefficient) => (value + coefficient) * theta, 0)
        for (let l = 0; l < n; l++) z[i * n + l] = z[i * n + l]! + weight * zOld[j * n + l]!
      }
    }
    transform(this.inverseT, stages, z, w, n)
  }

  /**
   * Iterates on z: at most 1 when it converged, above when it did not, NaN or Infinity when something was not finite.
   */
  private iterate(t: number, h: number, end: number): number {
    const { system, tableau, y, u, z, w, T, slopes, change, stages, dimension: n } = this
    const most = newtonControl.mostIterations(stages)
    let before = Number.NaN
    for (let iteration = 0; iteration < most; iteration++) {
      for (let i = 0; i < stages; i++) {
        for (let l = 0; l < n; l++) u[l] = y[l]! + z[i * n + l]!
        const c = tableau.c[i]!
        system.derivative(c === 1 ? end : t + c * h, u, slopes[i]!)
      }
      this.rhsEvaluations += stages
      this.residual(h)
      this.matrices.solveAll(change, 0)
      const size = this.changeNorm()
      if (!(size < Number.POSITIVE_INFINITY)) return size
      for (let i = 0; i < stages; i++) for (let l = 0; l < n; l++) w[i * n + l] = w[i * n + l]! + change[i]![l]!
      transform(T, stages, w, z, n)
      const expected = newtonControl.contractionGrowth * this.contraction
      const rate = iteration === 0 ? Math.min(newtonControl.leastCertain, expected) : size / before
      // the worst: a last iteration that comes to rounding says nothing of the next step's first
      this.contraction =
        iteration === 0 ? Math.min(1, expected) : iteration === 1 ? rate : Math.max(this.contraction, rate)
      let ahead = (rate / (1 - rate)) * size
      if ((rate < 1 && ahead <= this.newtonTolerance) || size === 0) return 0
      if (iteration > 0) {
        if (!(rate < newtonControl.slowest)) return 2
        for (let left = iteration + 1; left < most; left++) ahead *= rate
        if (ahead > newtonControl.mostAhead * this.newtonTolerance) return 2
      }
      before = size
    }
    return 2
  }

  /** change = T⁻¹ f − Λ w / h. */
  private residual(h: number): void {
    const { inverseT, slopes, change, w, tableau, stages, dimension: n } = this
    const { gamma, alpha, beta } = tableau
    for (let i = 0; i < stages; i++) {
      const row = change[i]!
      for (let l = 0; l < n; l++) {
        let sum = 0
        for (let j = 0; j < stages; j++) sum += inverseT[i * stages + j]! * slopes[j]![l]!
        row[l] = sum
      }
    }
    for (let l = 0; l < n; l++) change[0]![l] = change[0]![l]! - (gamma / h) * w[l]!
    for (let p = 0; p < alpha.length; p++) {
      const re = 1 + 2 * p
      const a = alpha[p]! / h
      const b = beta[p]! / h
      for (let l = 0; l < n; l++) {
        const x = w[re * n + l]!
        const y = w[(re + 1) * n + l]!
        change[re]![l] = change[re]![l]! - (a * x - b * y)
        change[re + 1]![l] = change[re + 1]![l]! - (b * x + a * y)
      }
    }
  }

  private changeNorm(): number {
    const { change, y, rtol, atol, stages, dimension: n } = this
    let sum = 0
    for (let l = 0; l < n; l++) {
      const weight = atol[l]! + rtol * Math.abs(y[l]!)
      for (let i = 0; i < stages; i++) {
        const ratio = change[i]![l]! / weight
        sum += ratio * ratio
      }
    }
    return Math.sqrt(sum / (n * stages))
  }

  /** error = (γ/h − J)⁻¹ (slope + γ/h Σ e_i z_i). */
  private estimate(slope: Float64Array, h: number): void {
    const { error, z, tableau, stages, dimension: n } = this
    const factor = tableau.gamma / h
    for (let l = 0; l < n; l++) {
      let sum = 0
      for (let i = 0; i < stages; i++) sum += tableau.e[i]! * z[i * n + l]!
      error[l] = slope[l]! + factor * sum
    }
    this.matrices.solveReal(error, 0)
  }
}

/** Coefficients of θ, θ² … of the polynomials that are 0 at 0 and at all nodes but their own, where they are 1. */
function lagrangeBasis(c: readonly number[]): readonly (readonly number[])[] {
  return c.map((own, i) => {
    let polynomial = [1 / own]
    c.forEach((node, j) => {
      if (j === i) return
      const scale = 1 / (own - node)
      const longer = new Array<number>(polynomial.length + 1).fill(0)
      polynomial.forEach((coefficient, k) => {
        longer[k] = longer[k]! - node * scale * coefficient
        longer[k + 1] = longer[k + 1]! + scale * coefficient
      })
      polynomial = longer
    })
    return polynomial
  })
}

/** out_i = Σ_j matrix[i][j] v_j, for `stages` vectors of length n. */
function transform(matrix: Float64Array, stages: number, v: Float64Array, out: Float64Array, n: number): void {
  for (let i = 0; i < stages; i++) {
    for (let l = 0; l < n; l++) {
      let sum = 0
      for (let j = 0; j < stages; j++) sum += matrix[i * stages + j]! * v[j * n + l]!
      out[i * n + l] = sum
    }
  }
}
