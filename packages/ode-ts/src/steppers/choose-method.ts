import { dop853 } from '../methods/dop853.ts'
import type { Method, Tableau } from '../methods/method.ts'
import { radau9 } from '../methods/radau9.ts'
import { rodas4 } from '../methods/rodas4.ts'
import { rodas5p } from '../methods/rodas5p.ts'
import { tsit5 } from '../methods/tsit5.ts'
import type { SensitivitySystem, System } from '../system.ts'
import { AutoLaneStepper } from './auto-lane-stepper.ts'
import { AutoStepper } from './auto-stepper.ts'
import type { LaneStepper, LaneStepperFactory } from './lane-stepper.ts'
import type { Stepper, StepperFactory, Tolerances } from './stepper.ts'
import type { StiffnessRule } from './stiffness-rule.ts'

/** The two methods between which 'auto' chooses, and by what rule. */
interface AutoMethods {
  readonly explicit: Tableau
  readonly stiff: Method
  readonly rule: StiffnessRule
}

/** A look every fourth step suffices: where stability limits the steps of Tsit5, its error estimate feels it. */
const rule: StiffnessRule = {
  every: 4,
  limit: 0.5 * tsit5.stability,
  cap: Number.POSITIVE_INFINITY,
  mostLooks: 3,
  boundary: tsit5.stability,
}

/**
 * The continuous extension of DOP853 loses digits long before its stability does, from h·|λ| of about 1: a mildly stiff
 * model would have errors of a thousand tolerances between steps. So every step is looked at and the next held to that
 * length; where that is what dictates the steps, they are left to the stiff method.
 */
const sharpRule: StiffnessRule = { every: 1, limit: 0.8, cap: 1, mostLooks: 6, boundary: 0.5 }

/** Relative tolerance from which downwards Radau IIA is the stiff method. */
const radauFrom = 1e-7
/**
 * States up to which Radau IIA is taken: a step's decompositions, two of them complex, cost nine of a step of Rodas5P,
 * which its longer steps make good as long as other work weighs as much.
 */
const mostRadauStates = 50

/**
 * The two methods between which 'auto' chooses, by the relative tolerance: Rodas4 takes less work than Rodas5P where a
 * tenth of a per cent will do, and DOP853 less than Tsit5 below 1e-6.
 *
 * At 1e-7 and below, Radau IIA of order 9 takes a third to a sixth of the steps of Rodas5P: two thirds of its time on stiff
 * test problems and library models at 1e-7, half at 1e-8, a quarter at 1e-10, with errors of the same size at and between
 * its steps. (Two lanes of Rodas5P are as quick as two steppers of it at 1e-7, and quicker above.) Order 13 takes fewer
 * steps still, but its solution between them is ten times worse, and at the same error it is no quicker. It carries no
 * sensitivities: with them, and in large systems, Rodas5P stays.
 */
export function autoMethods(
  rtol: number,
  { states = 1, hasSensitivities = false }: { readonly states?: number; readonly hasSensitivities?: boolean } = {},
): AutoMethods {
  if (rtol <= radauFrom && states <= mostRadauStates && !hasSensitivities) {
    return { explicit: dop853, stiff: radau9, rule: sharpRule }
  }
  if (rtol < 1e-6) return { explicit: dop853, stiff: rodas5p, rule: sharpRule }
  return { explicit: tsit5, stiff: rtol >= 1e-3 ? rodas4 : rodas5p, rule }
}

function autoMethodsFor(system: System, { rtol }: Tolerances, sensitivities: SensitivitySystem | null): AutoMethods {
  return autoMethods(rtol, { states: system.dimension, hasSensitivities: sensitivities !== null })
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
  const { explicit, stiff, rule } = autoMethodsFor(system, tolerances, sensitivities)
  return new AutoStepper(make(explicit), make(stiff), rule)
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
  const { explicit, stiff, rule } = autoMethodsFor(system, tolerances, sensitivities)
  return new AutoLaneStepper(make(explicit), make(stiff), rule)
}
