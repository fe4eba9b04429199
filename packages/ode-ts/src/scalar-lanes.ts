import { createStepper } from './create-stepper.ts'
import type { Lane, LaneStepper, LaneStepperFactory, Thrown } from './lane-stepper.ts'
import type { Method } from './method.ts'
import type { Stepper, StepperFactory, Tolerances } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'

/** Two scalar steppers side by side, for systems and methods that have no kernel with lanes. */
class ScalarLanes implements LaneStepper {
  lanes: readonly [Stepper, Stepper]
  readonly norms = new Float64Array(2)
  readonly thrown: [Thrown | null, Thrown | null] = [null, null]

  private readonly make: (system: System, sensitivities: SensitivitySystem | null) => Stepper

  constructor(
    make: (system: System, sensitivities: SensitivitySystem | null) => Stepper,
    system: System,
    sensitivities: SensitivitySystem | null,
  ) {
    this.make = make
    const first = make(system, sensitivities)
    this.lanes = [first, first]
  }

  assign(lane: Lane, system: System, sensitivities: SensitivitySystem | null): void {
    const stepper = this.make(system, sensitivities)
    this.lanes = lane === 0 ? [stepper, this.lanes[1]] : [this.lanes[0], stepper]
  }

  attempt(end0: number, end1: number): void {
    this.attemptIn(0, end0)
    this.attemptIn(1, end1)
  }

  accept(mask: number): void {
    if ((mask & 1) !== 0) this.acceptIn(0)
    if ((mask & 2) !== 0) this.acceptIn(1)
  }

  private acceptIn(lane: Lane): void {
    try {
      this.lanes[lane].accept()
    } catch (error) {
      this.thrown[lane] = { error }
    }
  }

  private attemptIn(lane: Lane, end: number): void {
    const stepper = this.lanes[lane]
    this.thrown[lane] = null
    if (!(end > stepper.t)) return
    try {
      this.norms[lane] = stepper.attempt(end)
    } catch (error) {
      this.thrown[lane] = { error }
    }
  }
}

/** Lanes made of the scalar steppers of a factory, one for each subject. */
export function scalarLanes(makeStepper: StepperFactory = createStepper): LaneStepperFactory {
  return (method: Method, system: System, tolerances: Tolerances, sensitivities: SensitivitySystem | null) =>
    new ScalarLanes((one, own) => makeStepper(method, one, tolerances, own), system, sensitivities)
}
