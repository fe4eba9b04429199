import {
  createStepperWith,
  type Method,
  type SensitivitySystem,
  type Stepper,
  type System,
  type Tolerances,
} from 'ode-ts'
import type { ModelRoots } from '../tape/model-roots.ts'
import { canFuse } from './explicit/can-fuse.ts'

/** A plain stepper over the tapes of a model, in the order of operations of the model's kernel. */
export function tapeStepper(
  roots: ModelRoots,
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
): Stepper {
  const isFused = method.kind === 'explicit' && sensitivities === null && canFuse(roots, method)
  return createStepperWith({ errorSum: isFused ? 'reciprocals' : 'halves' }, method, system, tolerances, sensitivities)
}
