import type { Leg, StiffnessWatch } from '../run/leg.ts'
import type { StepperLane } from './stepper.ts'
import type { StiffnessRule } from './stiffness-rule.ts'

/** Rejections in a row after which the explicit method gives up. */
const rejections = 6
/** Accepted stiff steps from one look to the next, which costs more than that at explicit ones. */
const stiffLookEvery = 8
/** Looks in a row at stiff steps that the explicit method could have taken before it gets another chance. */
const easyLooks = 2
/** Error norm of sensitivities from which they may be what dictates the steps. */
const dictating = 0.01

/**
 * Chooses between the explicit and the stiff steps of one subject as its run goes on.
 *
 * Both report h·|λ|: the explicit one for nothing, the stiff one by power iteration. Explicit steps that stay near the
 * boundary of their stability region (Hairer & Wanner II, IV.2) are dictated by stability: the stiff method takes over,
 * also after repeated rejections. When its steps would lie well inside that region for a while, the explicit method
 * returns. Each return that proves wrong doubles the patience with the next one.
 */
export class AutoLane<Steps extends StepperLane> implements StepperLane {
  readonly dimension: number
  readonly parameterCount: number
  readonly denseRows: number
  readonly explicit: Steps
  readonly stiff: Steps
  /** Makes the next attempt. */
  active: Steps
  longestStep: number = Number.POSITIVE_INFINITY
  /** Absent where one of the two has none. */
  readonly derivative?: (t: number, y: Float64Array, dydt: Float64Array) => void

  private readonly boundary: number
  /** Made the last attempt. */
  private last: Steps
  private readonly watch: StiffnessWatch
  /** A return to the explicit method that lasts fewer steps than this was wrong. */
  private readonly wrongReturn: number
  /** Where the last attempt began. */
  private from = Number.NaN
  private stiffSteps = 0
  private easyCount = 0
  private rejected = 0
  /** Error norm of the states over the last attempt, and of the sensitivities over the last accepted step. */
  private norm = Number.NaN
  private ownNorm = 0
  private patience = easyLooks
  private returnedAt = Number.NEGATIVE_INFINITY

  constructor(explicit: Steps, stiff: Steps, { every, limit, cap, mostLooks, boundary }: StiffnessRule) {
    this.explicit = explicit
    this.stiff = stiff
    this.boundary = boundary
    this.watch = { every, limit, cap, mostLooks, steps: 0, looks: 0 }
    this.wrongReturn = 3 * every * mostLooks
    this.active = explicit
    this.last = explicit
    if (explicit.derivative !== undefined && stiff.derivative !== undefined) {
      this.derivative = (t, y, dydt) => this.active.derivative?.(t, y, dydt)
    }
    this.dimension = explicit.dimension
    this.parameterCount = explicit.parameterCount
    this.denseRows = Math.max(explicit.denseRows, stiff.denseRows)
  }

  get order(): number {
    return this.active.order
  }

  get errorOrder(): number {
    return this.last.errorOrder
  }

  get t(): number {
    return this.active.t
  }

  get y(): Float64Array {
    return this.active.y
  }

  get s(): Float64Array | null {
    return this.active.s
  }

  get singular(): boolean {
    return this.last.singular
  }

  get rhsEvaluations(): number {
    return this.explicit.rhsEvaluations + this.stiff.rhsEvaluations
  }

  get jacobianEvaluations(): number {
    return this.explicit.jacobianEvaluations + this.stiff.jacobianEvaluations
  }

  get decompositions(): number {
    return this.explicit.decompositions + this.stiff.decompositions
  }

  get pivotFallbacks(): number {
    return this.stiff.pivotFallbacks ?? 0
  }

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    this.active.start(t, y, s)
    this.rejected = 0
  }

  /** The active method has tried a step with this error norm. */
  attempted(norm: number): void {
    this.last = this.active
    this.from = this.active.t
    this.norm = norm
    if (norm <= 1) return
    this.rejected++
    if (this.active === this.explicit && this.rejected >= rejections) this.change(this.stiff)
  }

  /** The active method has accepted its step. */
  accepted(): void {
    this.rejected = 0
    this.longestStep = Number.POSITIVE_INFINITY
    this.ownNorm = this.parameterCount === 0 ? 0 : this.active.sensitivityNorm()
    if (this.active === this.stiff) {
      this.watchStiff(1)
      return
    }
    const { watch } = this
    if (++watch.steps % watch.every !== 0) return
    const stiffness = this.explicitStiffness()
    // NaN says nothing
    if (stiffness > watch.limit) watch.looks++
    else if (stiffness <= watch.limit) watch.looks = 0
    this.longestStep = ((this.explicit.t - this.from) * watch.cap) / stiffness
    this.watchExplicit()
  }

  /** Has a march of the active method come back whenever there is something to look at. */
  shorten(leg: Leg): void {
    if (this.active === this.explicit) {
      leg.watch = this.watch
      leg.mostRejections = Math.min(leg.mostRejections, rejections)
    } else leg.mostAccepted = Math.min(leg.mostAccepted, stiffLookEvery - (this.stiffSteps % stiffLookEvery))
  }

  /** The active method has come back from a march. */
  marched(leg: Leg): void {
    this.last = this.active
    this.rejected = leg.controller.rejections
    if (this.active === this.explicit) {
      if (this.rejected >= rejections) this.change(this.stiff)
      else this.watchExplicit()
    } else if (leg.accepted > 0) this.watchStiff(leg.accepted)
    if (leg.stop === 'odd') this.attempted(leg.norm)
  }

  worst(): number {
    return this.last.worst()
  }

  dense(out: Float64Array, offset: number): void {
    const { last, denseRows } = this
    last.dense(out, offset)
    const width = this.dimension * (1 + this.parameterCount)
    out.fill(0, offset + (2 + last.denseRows) * width, offset + (2 + denseRows) * width)
  }

  stiffness(): number {
    return this.last.stiffness()
  }

  sensitivityNorm(): number {
    return this.ownNorm
  }

  sensitivityStiffness(): number {
    return this.last.sensitivityStiffness()
  }

  /** h·|λ| of the last explicit step: as its states show it, or its sensitivities, where those dictated its length. */
  private explicitStiffness(): number {
    const { explicit, norm, ownNorm } = this
    const stiffness = explicit.stiffness()
    if (!(ownNorm > Math.max(norm, dictating))) return stiffness
    const own = explicit.sensitivityStiffness()
    return own > stiffness || Number.isNaN(stiffness) ? own : stiffness
  }

  private watchExplicit(): void {
    const { watch } = this
    if (watch.looks < watch.mostLooks) return
    if (watch.steps - this.returnedAt < this.wrongReturn) this.patience *= 2
    this.change(this.stiff)
  }

  private watchStiff(steps: number): void {
    this.stiffSteps += steps
    if (this.stiffSteps % stiffLookEvery !== 0) return
    this.easyCount = this.stiff.stiffness() < this.boundary ? this.easyCount + 1 : 0
    if (this.easyCount < this.patience) return
    this.change(this.explicit)
    this.returnedAt = this.watch.steps
  }

  private change(to: Steps): void {
    const from = this.active
    to.start(from.t, from.y, from.s)
    this.active = to
    this.watch.looks = 0
    this.easyCount = 0
    this.rejected = 0
  }
}
