import type { Leg } from '../run/leg.ts'
import type { SensitivitySystem, System } from '../system.ts'
import { AutoLane } from './auto-lane.ts'
import type { Lane, LaneStepper, Thrown } from './lane-stepper.ts'
import type { StepperLane } from './stepper.ts'
import type { StiffnessRule } from './stiffness-rule.ts'

/** Two lanes, each of which chooses between the explicit and the stiff method for itself; see `AutoLane`. */
export class AutoLaneStepper implements LaneStepper {
  lanes: readonly [AutoLane<StepperLane>, AutoLane<StepperLane>]
  readonly norms = new Float64Array(2)
  readonly thrown: [Thrown | null, Thrown | null] = [null, null]
  /** Absent where one of the two has none. */
  readonly march?: (leg0: Leg | null, leg1: Leg | null) => void

  private readonly explicit: LaneStepper
  private readonly stiff: LaneStepper
  private readonly rule: StiffnessRule

  constructor(explicit: LaneStepper, stiff: LaneStepper, rule: StiffnessRule) {
    this.explicit = explicit
    this.stiff = stiff
    this.rule = rule
    this.lanes = [this.lane(0), this.lane(1)]
    if (explicit.march === undefined || stiff.march === undefined) return
    this.march = (leg0, leg1) => {
      const of = (lane: AutoLane<StepperLane>, leg: Leg | null) => (leg === null ? null : lane.active)
      const [lane0, lane1] = this.lanes
      const [active0, active1] = [of(lane0, leg0), of(lane1, leg1)]
      if (leg0 !== null) lane0.shorten(leg0)
      if (leg1 !== null) lane1.shorten(leg1)
      for (const stepper of [explicit, stiff]) {
        const [one, other] = stepper.lanes
        const own0 = active0 === one ? leg0 : null
        const own1 = active1 === other ? leg1 : null
        if (own0 === null && own1 === null) continue
        stepper.march?.(own0, own1)
        if (own0 !== null) this.marched(0, stepper, own0)
        if (own1 !== null) this.marched(1, stepper, own1)
      }
    }
  }

  release(): void {
    this.explicit.release?.()
    this.stiff.release?.()
  }

  assign(lane: Lane, system: System, sensitivities: SensitivitySystem | null): void {
    this.explicit.assign(lane, system, sensitivities)
    this.stiff.assign(lane, system, sensitivities)
    const fresh = this.lane(lane)
    this.lanes = lane === 0 ? [fresh, this.lanes[1]] : [this.lanes[0], fresh]
  }

  attempt(end0: number, end1: number): void {
    const { explicit, stiff } = this
    const [lane0, lane1] = this.lanes
    const explicit0 = lane0.active === lane0.explicit
    const explicit1 = lane1.active === lane1.explicit
    const busy0 = end0 > lane0.t
    const busy1 = end1 > lane1.t
    if ((explicit0 && busy0) || (explicit1 && busy1)) {
      explicit.attempt(explicit0 ? end0 : Number.NaN, explicit1 ? end1 : Number.NaN)
    }
    if ((!explicit0 && busy0) || (!explicit1 && busy1)) {
      stiff.attempt(explicit0 ? Number.NaN : end0, explicit1 ? Number.NaN : end1)
    }
    if (busy0) this.attempted(0, explicit0 ? explicit : stiff)
    if (busy1) this.attempted(1, explicit1 ? explicit : stiff)
  }

  accept(mask: number): void {
    const [lane0, lane1] = this.lanes
    const ofExplicit = (lane0.active === lane0.explicit ? 1 : 0) | (lane1.active === lane1.explicit ? 2 : 0)
    if ((mask & ofExplicit) !== 0) this.explicit.accept(mask & ofExplicit)
    if ((mask & ~ofExplicit) !== 0) this.stiff.accept(mask & ~ofExplicit)
    if ((mask & 1) !== 0) this.accepted(0)
    if ((mask & 2) !== 0) this.accepted(1)
  }

  private attempted(lane: Lane, { norms, thrown }: LaneStepper): void {
    const norm = norms[lane]!
    this.norms[lane] = norm
    this.thrown[lane] = thrown[lane]
    if (thrown[lane] === null) this.lanes[lane].attempted(norm)
  }

  private marched(lane: Lane, { thrown }: LaneStepper, leg: Leg): void {
    this.thrown[lane] = thrown[lane]
    if (thrown[lane] === null) this.lanes[lane].marched(leg)
  }

  private accepted(lane: Lane): void {
    const one = this.lanes[lane]
    this.thrown[lane] = (one.active === one.explicit ? this.explicit : this.stiff).thrown[lane]
    if (this.thrown[lane] !== null) return
    try {
      one.accepted()
    } catch (error) {
      this.thrown[lane] = { error }
    }
  }

  private lane(lane: Lane): AutoLane<StepperLane> {
    return new AutoLane(this.explicit.lanes[lane], this.stiff.lanes[lane], this.rule)
  }
}
