import { ExplicitStepper } from './explicit-stepper.ts'
import type { Method } from './method.ts'
import { RosenbrockStepper } from './rosenbrock-stepper.ts'
import type { Stepper, Tolerances } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'

/** The steppers of this package: one implementation for all explicit methods, one for all Rosenbrock methods. */
export function createStepper(
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
): Stepper {
  return method.kind === 'explicit'
    ? new ExplicitStepper(method, system, tolerances, sensitivities)
    : new RosenbrockStepper(method, system, tolerances, sensitivities)
}
