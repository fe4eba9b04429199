import type { Leg } from './leg.ts'
import type { StepperLane } from './stepper.ts'

/** Accepted explicit steps from one look at the stiffness to the next. */
const lookEvery = 4
/** Looks in a row that must find the step at the stability boundary before the stiff method takes over. */
const stiffLooks = 3
/** Share of the stability boundary from which a step counts as bound by it. */
const nearBoundary = 0.5
/** A return to the explicit method that lasts fewer steps than this was wrong. */
const wrongReturn = 3 * stiffLooks * lookEvery
/** Rejections in a row after which the explicit method gives up. */
const rejections = 6
/** Stiff steps in a row that the explicit method could have taken before it gets another chance. */
const easySteps = 10

/**
 * Chooses between the explicit and the stiff steps of one subject as its run goes on.
 *
 * Both report h·|λ|, by power iteration. Explicit steps that stay at the boundary of their stability region (Hairer &
 * Wanner II, IV.2) are dictated by stability: the stiff method takes over, also after repeated rejections. When its
 * steps would lie inside that region for a while, the explicit method returns. Each return that proves wrong doubles
 * the patience with the next one.
 */
export class AutoLane<Steps extends StepperLane> implements StepperLane {
  readonly dimension: number
  readonly parameterCount: number
  readonly denseRows: number
  readonly explicit: Steps
  readonly stiff: Steps
  /** Makes the next attempt. */
  active: Steps

  private readonly boundary: number
  /** Made the last attempt. */
  private last: Steps
  private looks = 0
  private easyCount = 0
  private rejected = 0
  private patience = easySteps
  private explicitSteps = 0
  private returnedAt = Number.NEGATIVE_INFINITY

  /** `boundary`: extent of the stability region of the explicit method along the negative real axis. */
  constructor(explicit: Steps, stiff: Steps, boundary: number) {
    this.explicit = explicit
    this.stiff = stiff
    this.boundary = boundary
    this.active = explicit
    this.last = explicit
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

  start(t: number, y: Float64Array, s: Float64Array | null): void {
    this.active.start(t, y, s)
    this.rejected = 0
  }

  /** The active method has tried a step with this error norm. */
  attempted(norm: number): void {
    this.last = this.active
    if (norm <= 1) return
    this.rejected++
    if (this.active === this.explicit && this.rejected >= rejections) this.change(this.stiff)
  }

  /** The active method has accepted its step. */
  accepted(): void {
    this.rejected = 0
    if (this.active === this.explicit) this.watchExplicit(1)
    else this.watchStiff()
  }

  /** Has a march of the active method come back whenever there is something to look at. */
  shorten(leg: Leg): void {
    const isExplicit = this.active === this.explicit
    const steps = isExplicit ? lookEvery - (this.explicitSteps % lookEvery) : 1
    leg.mostAccepted = Math.min(leg.mostAccepted, steps)
    if (isExplicit) leg.mostRejections = Math.min(leg.mostRejections, rejections)
  }

  /** The active method has come back from a march. */
  marched(leg: Leg): void {
    this.last = this.active
    this.rejected = leg.controller.rejections
    if (this.active === this.explicit) {
      if (this.rejected >= rejections) this.change(this.stiff)
      else if (leg.accepted > 0) this.watchExplicit(leg.accepted)
    } else if (leg.accepted > 0) this.watchStiff()
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

  private watchExplicit(steps: number): void {
    this.explicitSteps += steps
    if (this.explicitSteps % lookEvery !== 0) return
    this.looks = this.explicit.stiffness() > nearBoundary * this.boundary ? this.looks + 1 : 0
    if (this.looks < stiffLooks) return
    if (this.explicitSteps - this.returnedAt < wrongReturn) this.patience *= 2
    this.change(this.stiff)
  }

  private watchStiff(): void {
    this.easyCount = this.stiff.stiffness() < this.boundary ? this.easyCount + 1 : 0
    if (this.easyCount >= this.patience) {
      this.change(this.explicit)
      this.returnedAt = this.explicitSteps
    }
  }

  private change(to: Steps): void {
    const from = this.active
    to.start(from.t, from.y, from.s)
    this.active = to
    this.looks = 0
    this.easyCount = 0
    this.rejected = 0
  }
}
