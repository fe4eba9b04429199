import type { Leg } from '../run/leg.ts'
import { AutoLane } from './auto-lane.ts'
import type { Stepper } from './stepper.ts'
import type { StiffnessRule } from './stiffness-rule.ts'

/** A stepper that chooses between an explicit and a stiff one as the run goes on; see `AutoLane`. */
export class AutoStepper extends AutoLane<Stepper> implements Stepper {
  /** Absent where one of the two has none. */
  readonly march?: (leg: Leg) => void

  constructor(explicit: Stepper, stiff: Stepper, rule: StiffnessRule) {
    super(explicit, stiff, rule)
    if (explicit.march === undefined || stiff.march === undefined) return
    this.march = (leg) => {
      this.shorten(leg)
      this.active.march?.(leg)
      this.marched(leg)
    }
  }

  release(): void {
    this.explicit.release?.()
    this.stiff.release?.()
  }

  attempt(end: number): number {
    const norm = this.active.attempt(end)
    this.attempted(norm)
    return norm
  }

  accept(): void {
    this.active.accept()
    this.accepted()
  }
}
