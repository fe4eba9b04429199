import { AutoLane } from './auto-lane.ts'
import type { Lane, LaneStepper, Thrown } from './lane-stepper.ts'
import type { StepperLane } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'

/** Two lanes, each of which chooses between the explicit and the stiff method for itself; see `AutoLane`. */
export class AutoLaneStepper implements LaneStepper {
  lanes: readonly [AutoLane<StepperLane>, AutoLane<StepperLane>]
  readonly norms = new Float64Array(2)
  readonly thrown: [Thrown | null, Thrown | null] = [null, null]

  private readonly explicit: LaneStepper
  private readonly stiff: LaneStepper
  private readonly boundary: number

  constructor(explicit: LaneStepper, stiff: LaneStepper, boundary: number) {
    this.explicit = explicit
    this.stiff = stiff
    this.boundary = boundary
    this.lanes = [this.lane(0), this.lane(1)]
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
    return new AutoLane(this.explicit.lanes[lane], this.stiff.lanes[lane], this.boundary)
  }
}
