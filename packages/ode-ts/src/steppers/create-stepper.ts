import type { Method } from '../methods/method.ts'
import type { SensitivitySystem, System } from '../system.ts'
import { type Arithmetic, plainArithmetic } from './arithmetic.ts'
import { CollocationStepper } from './collocation-stepper.ts'
import { ExplicitStepper } from './explicit-stepper.ts'
import { RosenbrockStepper } from './rosenbrock-stepper.ts'
import type { Stepper, Tolerances } from './stepper.ts'

/** The steppers of this package: one implementation for all methods of a kind. */
export function createStepper(
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
): Stepper {
  return createStepperWith(plainArithmetic, method, system, tolerances, sensitivities)
}

/** The same in a given order of operations. */
export function createStepperWith(
  arithmetic: Arithmetic,
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
): Stepper {
  switch (method.kind) {
    case 'explicit':
      return new ExplicitStepper(method, system, tolerances, sensitivities, arithmetic)
    case 'rosenbrock':
      return new RosenbrockStepper(method, system, tolerances, sensitivities, arithmetic)
    case 'collocation':
      if (sensitivities !== null) {
        throw new TypeError(`${method.name} does not carry sensitivities; take rodas5p, or an explicit method`)
      }
      return new CollocationStepper(method, system, tolerances)
  }
}
