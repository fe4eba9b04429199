import { AutoLaneStepper } from './auto-lane-stepper.ts'
import { AutoStepper } from './auto-stepper.ts'
import type { LaneStepper, LaneStepperFactory } from './lane-stepper.ts'
import type { Method } from './method.ts'
import { rodas5p } from './rodas5p.ts'
import { stabilityBoundary } from './stability-boundary.ts'
import type { Stepper, StepperFactory, Tolerances } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'
import { tsit5 } from './tsit5.ts'

/** The stepper of a method, or for 'auto' one that chooses between two. */
export function stepperFor(
  method: Method | 'auto',
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
  makeStepper: StepperFactory,
): Stepper {
  const make = (one: Method) => makeStepper(one, system, tolerances, sensitivities)
  return method === 'auto' ? new AutoStepper(make(tsit5), make(rodas5p), stabilityBoundary(tsit5)) : make(method)
}

/** As `stepperFor`, with two lanes. */
export function laneStepperFor(
  method: Method | 'auto',
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
  makeLanes: LaneStepperFactory,
): LaneStepper {
  const make = (one: Method) => makeLanes(one, system, tolerances, sensitivities)
  return method === 'auto' ? new AutoLaneStepper(make(tsit5), make(rodas5p), stabilityBoundary(tsit5)) : make(method)
}
