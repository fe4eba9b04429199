import type { Method } from '../methods/method.ts'
import type { Leg } from '../run/leg.ts'
import type { SensitivitySystem, System } from '../system.ts'
import { createStepper } from './create-stepper.ts'
import type { Lane, LaneStepper, LaneStepperFactory, Thrown } from './lane-stepper.ts'
import type { Stepper, Tolerances } from './stepper.ts'

/** As `StepperFactory`, and told for which lane: what two steppers would share is best had once for each. */
type LaneOfStepperFactory = (
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
  lane: Lane,
) => Stepper

type Make = (system: System, sensitivities: SensitivitySystem | null, lane: Lane) => Stepper

/** Two scalar steppers side by side, for systems and methods that have no kernel with lanes. */
class ScalarLanes implements LaneStepper {
  lanes: readonly [Stepper, Stepper]
  readonly norms = new Float64Array(2)
  readonly thrown: [Thrown | null, Thrown | null] = [null, null]

  /** Absent where the steppers have none. */
  readonly march?: (leg0: Leg | null, leg1: Leg | null) => void

  private readonly make: Make

  constructor(make: Make, system: System, sensitivities: SensitivitySystem | null) {
    this.make = make
    const first = make(system, sensitivities, 0)
    this.lanes = [first, first]
    if (first.march === undefined) return
    this.march = (leg0, leg1) => {
      this.marchIn(0, leg0)
      this.marchIn(1, leg1)
    }
  }

  assign(lane: Lane, system: System, sensitivities: SensitivitySystem | null): void {
    const stepper = this.make(system, sensitivities, lane)
    this.lanes = lane === 0 ? [stepper, this.lanes[1]] : [this.lanes[0], stepper]
  }

  release(): void {
    this.lanes[0].release?.()
    this.lanes[1].release?.()
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

  private marchIn(lane: Lane, leg: Leg | null): void {
    this.thrown[lane] = null
    if (leg === null) return
    try {
      this.lanes[lane].march?.(leg)
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
export function scalarLanes(makeStepper: LaneOfStepperFactory = createStepper): LaneStepperFactory {
  return (method: Method, system: System, tolerances: Tolerances, sensitivities: SensitivitySystem | null) =>
    new ScalarLanes((one, own, lane) => makeStepper(method, one, tolerances, own, lane), system, sensitivities)
}
