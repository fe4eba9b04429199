import type { Tableau } from '../methods/method.ts'
import { denseRowCount, explicitDenseWeights } from '../output/dense-output.ts'
import type { SensitivitySystem, System } from '../system.ts'
import type { Arithmetic, ErrorSum } from './arithmetic.ts'
import { errorNorm, joinNorms, worstComponent } from './error-norm.ts'
import { denseRowsInto, flattenRows, linearCombination, vectorsOf } from './linear-combination.ts'
import { SensitivityError } from './sensitivity-error.ts'
import type { Stepper, Tolerances } from './stepper.ts'
import { extensionLimit, hasFurtherStages, leastStiffnessGap, stiffnessPair } from './stiffness-pair.ts'

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
  /** Stages of the step and of its continuous extension. */
  private readonly allStages: number
  /** Stages without which there is no error estimate: a last one that only serves the next step waits for acceptance. */
  private readonly estimateStages: number
  private readonly firstSameAsLast: boolean
  private readonly a: Float64Array
  private readonly b: Float64Array
  private readonly c: Float64Array
  private readonly e: Float64Array
  private readonly eLow: Float64Array | null
  private readonly denseWeights: Float64Array
  private readonly tableau: Tableau
  private readonly hasFurtherStages: boolean
  private readonly errorSum: ErrorSum

  private tOld = 0
  private yOld: Float64Array
  private sOld: Float64Array | null
  private h = 0
  private end = 0
  /** The stages that the continuous extension alone needs were evaluated for the last accepted step. */
  private extended = false
  /** The last stage of the last attempt was evaluated, where it waits for its error. */
  private hasLast = false
  /** What the first stage needs: nothing, the last stage of the step before, or an evaluation. */
  private first: 'ready' | 'move' | 'evaluate' = 'evaluate'
  private tangentFirst: 'move' | 'evaluate' = 'evaluate'
  private readonly u: readonly Float64Array[]
  private readonly slopes: Float64Array
  private readonly k: readonly Float64Array[]
  private readonly error: Float64Array
  private readonly zero: Float64Array
  private readonly sensitivityError: SensitivityError | null
  private readonly errorTangent: Float64Array
  private readonly lowTangent: Float64Array
  private readonly zeroTangent: Float64Array
  private readonly uTangent: Float64Array
  private readonly slopeTangents: Float64Array
  private readonly kTangent: readonly Float64Array[]

  constructor(
    tableau: Tableau,
    system: System,
    tolerances: Tolerances,
    sensitivities: SensitivitySystem | null,
    arithmetic: Arithmetic,
  ) {
    const n = system.dimension
    const m = sensitivities === null ? 0 : sensitivities.parameterCount
    const stages = tableau.b.length
    const further = tableau.denseStages ?? []
    const all = stages + further.length
    this.system = system
    this.tangentSystem = sensitivities
    this.dimension = n
    this.parameterCount = m
    this.order = tableau.order
    this.errorOrder = tableau.errorOrder
    this.rtol = tolerances.rtol
    this.atol = tolerances.atol
    this.stages = stages
    this.allStages = all
    this.firstSameAsLast = tableau.firstSameAsLast
    this.a = flattenRows([...tableau.a, ...further.map(({ a }) => a)], all)
    this.b = Float64Array.from(tableau.b)
    this.c = Float64Array.from([...tableau.c, ...further.map(({ c }) => c)])
    this.e = Float64Array.from(tableau.e)
    this.eLow = tableau.eLow === undefined ? null : Float64Array.from(tableau.eLow)
    const waits = tableau.firstSameAsLast && tableau.e[stages - 1] === 0 && (tableau.eLow?.[stages - 1] ?? 0) === 0
    this.estimateStages = waits ? stages - 1 : stages
    this.denseWeights = explicitDenseWeights(tableau)
    this.denseRows = denseRowCount(tableau)
    this.tableau = tableau
    this.hasFurtherStages = hasFurtherStages(tableau)
    this.errorSum = arithmetic.errorSum
    this.y = new Float64Array(n)
    this.yOld = new Float64Array(n)
    this.s = sensitivities === null ? null : new Float64Array(m * n)
    this.sOld = sensitivities === null ? null : new Float64Array(m * n)
    this.u = vectorsOf(new Float64Array(all * n), all, n)
    this.slopes = new Float64Array(all * n)
    this.k = vectorsOf(this.slopes, all, n)
    this.error = new Float64Array(n)
    this.zero = new Float64Array(n)
    this.sensitivityError = sensitivities === null ? null : new SensitivityError(n, m, tolerances.rtol, tolerances.atol)
    this.errorTangent = new Float64Array(m * n)
    this.lowTangent = new Float64Array(m * n)
    this.zeroTangent = new Float64Array(m * n)
    this.uTangent = new Float64Array(m * n)
    this.slopeTangents = new Float64Array(all * m * n)
    this.kTangent = vectorsOf(this.slopeTangents, all, m * n)
  }

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    this.t = t
    this.y.set(y)
    if (this.s !== null && s !== null) this.s.set(s)
    this.first = 'evaluate'
    this.tangentFirst = 'evaluate'
  }

  attempt(end: number): number {
    const { t, y, u, k, slopes, stages } = this
    const h = end - t
    const last = stages - 1
    this.h = h
    this.end = end
    this.hasLast = false
    if (this.first !== 'ready') {
      u[0]!.set(y)
      if (this.first === 'move') k[0]!.set(k[last]!)
      else this.evaluate(t, 0)
      this.first = 'ready'
    }
    for (let i = 1; i < stages; i++) {
      linearCombination(u[i]!, y, h, this.a, i * this.allStages, i, slopes)
      if (i < this.estimateStages) this.evaluate(this.stageTime(i, t, h, end), i)
    }
    const next = this.yOld
    if (this.firstSameAsLast) next.set(u[last]!)
    else linearCombination(next, y, h, this.b, 0, stages, slopes)
    const { error, zero, eLow, rtol, atol, errorSum } = this
    let low = 0
    if (eLow !== null) {
      linearCombination(error, zero, h, eLow, 0, stages, slopes)
      low = errorNorm(error, y, next, rtol, atol, errorSum)
    }
    linearCombination(error, zero, h, this.e, 0, stages, slopes)
    const norm = errorNorm(error, y, next, rtol, atol, errorSum)
    const joined = eLow === null ? norm : joinNorms(norm, low)
    if (!this.hasFurtherStages || !(joined <= 1)) return joined
    this.evaluateLast()
    if (!(this.extensionSquare() >= extensionLimit.most * extensionLimit.most)) return joined
    // counted with the steps that are accepted
    if (this.estimateStages < stages) this.rhsEvaluations--
    return extensionLimit.norm
  }

  worst(): number {
    return worstComponent(this.error, this.y, this.yOld, this.rtol, this.atol)
  }

  accept(): void {
    const next = this.yOld
    this.yOld = this.y
    this.y = next
    this.evaluateLast()
    this.extended = false
    if (this.tangentSystem !== null) this.acceptTangent(this.tangentSystem)
    this.tOld = this.t
    this.t = this.end
    this.first = this.firstSameAsLast ? 'move' : 'evaluate'
  }

  dense(out: Float64Array, offset: number): void {
    if (!this.extended) this.extend()
    const { h, allStages: stages, denseRows: rows, denseWeights: weights, dimension: n } = this
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
    const { k, yOld, rtol, atol, dimension: n, stages, h } = this
    const { stage, weights } = stiffnessPair(this.tableau)
    const [one, other] = [k[stages - 1]!, k[stage]!]
    // those of even index and those of odd index, as in `errorNorm`
    const rises = [0, 0] as [number, number]
    const runs = [0, 0] as [number, number]
    for (let i = 0; i < n; i++) {
      const weight = atol[i]! + rtol * Math.abs(yOld[i]!)
      let apart = 0
      for (let j = 0; j < stages; j++) if (weights[j] !== 0) apart += weights[j]! * k[j]![i]!
      const [dk, du] = [(one[i]! - other[i]!) / weight, apart / weight]
      const half = i % 2 === 0 ? 0 : 1
      rises[half] += dk * dk
      runs[half] += du * du
    }
    const rise = rises[0] + rises[1]
    const run = runs[0] + runs[1]
    const isKnown = n * (leastStiffnessGap * leastStiffnessGap) <= run * h * h
    return isKnown ? Math.sqrt(rise / run) : Number.NaN
  }

  sensitivityNorm(): number {
    const { sensitivityError, tangentSystem, errorTangent, lowTangent, zeroTangent: zero, eLow, stages, h } = this
    const { s, sOld, slopeTangents } = this
    if (sensitivityError === null || s === null || sOld === null) return 0
    sensitivityError.weigh(this.yOld, this.y, sOld, s, tangentSystem?.parameterScales)
    linearCombination(errorTangent, zero, h, this.e, 0, stages, slopeTangents)
    if (eLow !== null) linearCombination(lowTangent, zero, h, eLow, 0, stages, slopeTangents)
    return sensitivityError.norm(errorTangent, eLow === null ? null : lowTangent, s)
  }

  sensitivityStiffness(): number {
    const { sensitivityError, errorTangent: rise, lowTangent: run, kTangent, stages } = this
    if (sensitivityError === null) return Number.NaN
    const { stage, weights } = stiffnessPair(this.tableau)
    const [one, other] = [kTangent[stages - 1]!, kTangent[stage]!]
    for (let i = 0; i < rise.length; i++) rise[i] = one[i]! - other[i]!
    linearCombination(run, this.zeroTangent, 1, Float64Array.from(weights), 0, stages, this.slopeTangents)
    return sensitivityError.stiffness(rise, run, this.h)
  }

  /** A last stage that waited for the error of the step. */
  private evaluateLast(): void {
    if (this.estimateStages < this.stages && !this.hasLast) this.evaluate(this.end, this.stages - 1)
    this.hasLast = true
  }

  /** The square of what `extensionLimit` limits, for the present attempt. */
  private extensionSquare(): number {
    const { k, y, rtol, atol, dimension: n, stages, h } = this
    const { stage, weights } = stiffnessPair(this.tableau)
    const { stability } = this.tableau
    const [first, one, other] = [k[0]!, k[stages - 1]!, k[stage]!]
    // those of even index and those of odd index, as in `errorNorm`
    let even = 0
    let odd = 0
    let evenMoved = 0
    let oddMoved = 0
    for (let i = 0; i < n; i++) {
      const weight = atol[i]! + rtol * Math.abs(y[i]!)
      let apart = 0
      for (let j = 0; j < stages; j++) if (weights[j] !== 0) apart += weights[j]! * k[j]![i]!
      const w = (h * (one[i]! - other[i]!)) / weight
      const u = (h * apart) / weight
      const v = (h * first[i]!) / weight
      const [w2, u2] = [w * w, u * u]
      const excess = Math.max(w2 - stability * stability * u2, 0) / (u2 + extensionLimit.leastSquare)
      const moved = Math.max(w2 - extensionLimit.rest * (v * v), 0)
      const square = moved * (excess * excess * excess)
      if (i % 2 === 0) {
        even += square
        evenMoved += moved
      } else {
        odd += square
        oddMoved += moved
      }
    }
    return evenMoved + oddMoved >= extensionLimit.least ? even + odd : 0
  }

  /** Evaluates the stages that the continuous extension alone needs, for the last accepted step. */
  private extend(): void {
    const { tOld, t: end, h, u, yOld, sOld, slopes, slopeTangents, uTangent, kTangent, allStages, tangentSystem } = this
    for (let i = this.stages; i < allStages; i++) {
      const at = this.stageTime(i, tOld, h, end)
      linearCombination(u[i]!, yOld, h, this.a, i * allStages, i, slopes)
      this.evaluate(at, i)
      if (tangentSystem === null || sOld === null) continue
      linearCombination(uTangent, sOld, h, this.a, i * allStages, i, slopeTangents)
      tangentSystem.tangent(at, u[i]!, uTangent, kTangent[i]!)
    }
    this.extended = true
  }

  private stageTime(stage: number, t: number, h: number, end: number): number {
    const c = this.c[stage]!
    return c === 1 ? end : t + c * h
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
      linearCombination(uTangent, s, h, this.a, i * this.allStages, i, slopeTangents)
      system.tangent(this.stageTime(i, t, h, end), u[i]!, uTangent, kTangent[i]!)
    }
    if (this.firstSameAsLast) next.set(uTangent)
    else linearCombination(next, s, h, this.b, 0, stages, slopeTangents)
    this.sOld = s
    this.s = next
    this.tangentFirst = this.firstSameAsLast ? 'move' : 'evaluate'
  }
}
