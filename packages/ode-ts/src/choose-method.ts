import { AutoLaneStepper } from './auto-lane-stepper.ts'
import { AutoStepper } from './auto-stepper.ts'
import type { LaneStepper, LaneStepperFactory } from './lane-stepper.ts'
import type { Method, Tableau } from './method.ts'
import { rodas4 } from './rodas4.ts'
import { rodas5p } from './rodas5p.ts'
import type { Stepper, StepperFactory, Tolerances } from './stepper.ts'
import type { SensitivitySystem, System } from './system.ts'
import { tsit5 } from './tsit5.ts'

/**
 * The two methods between which 'auto' chooses, by the relative tolerance: Rodas4 takes less work than Rodas5P where a
 * tenth of a per cent will do.
 *
 * DOP853 takes less work than Tsit5 below 1e-8, but its continuous extension loses digits in steps near the boundary of
 * stability: before the stiffness shows, a mildly stiff model has errors of a hundred tolerances between steps.
 */
export function autoMethods(rtol: number): { readonly explicit: Tableau; readonly stiff: Method } {
  return { explicit: tsit5, stiff: rtol >= 1e-3 ? rodas4 : rodas5p }
}

/** The stepper of a method, or for 'auto' one that chooses between two. */
export function stepperFor(
  method: Method | 'auto',
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
  makeStepper: StepperFactory,
): Stepper {
  const make = (one: Method) => makeStepper(one, system, tolerances, sensitivities)
  if (method !== 'auto') return make(method)
  const { explicit, stiff } = autoMethods(tolerances.rtol)
  return new AutoStepper(make(explicit), make(stiff), explicit.stability)
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
  if (method !== 'auto') return make(method)
  const { explicit, stiff } = autoMethods(tolerances.rtol)
  return new AutoLaneStepper(make(explicit), make(stiff), explicit.stability)
}
