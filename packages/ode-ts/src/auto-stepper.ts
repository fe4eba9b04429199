import { AutoLane } from './auto-lane.ts'
import type { Stepper } from './stepper.ts'

/** A stepper that chooses between an explicit and a stiff one as the run goes on; see `AutoLane`. */
export class AutoStepper extends AutoLane<Stepper> implements Stepper {
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
