import {
  type Arithmetic,
  createStepperWith,
  type Method,
  type SensitivitySystem,
  type SparseArithmetic,
  type Stepper,
  type System,
  type Tolerances,
} from 'ode-ts'
import type { ModelMachine } from '../tape/model-machine.ts'
import type { ModelRoots } from '../tape/model-roots.ts'
import { SensitivityMachine } from '../tape/sensitivity-machine.ts'
import { canFuse } from './explicit/can-fuse.ts'
import { eliminationOf } from './linear/elimination.ts'
import { PlainElimination } from './linear/plain-elimination.ts'

/** A plain stepper over the tapes of `instance`, in the order of operations of the kernel of its model. */
export function tapeStepper(
  roots: ModelRoots,
  instance: ModelMachine,
  method: Method,
  system: System,
  tolerances: Tolerances,
  sensitivities: SensitivitySystem | null,
): Stepper {
  const arithmetic = arithmeticOf(roots, instance, method, sensitivities)
  return createStepperWith(arithmetic, method, system, tolerances, sensitivities)
}

function arithmeticOf(
  roots: ModelRoots,
  instance: ModelMachine,
  method: Method,
  sensitivities: SensitivitySystem | null,
): Arithmetic {
  switch (method.kind) {
    case 'explicit':
      return { errorSum: sensitivities === null && canFuse(roots, method) ? 'reciprocals' : 'halves' }
    case 'rosenbrock':
      return { errorSum: 'halves', sparse: sparseArithmetic(roots, instance, sensitivities) }
    case 'collocation':
      return { errorSum: 'halves' }
  }
}

function sparseArithmetic(
  { dimension, jacobian }: ModelRoots,
  instance: ModelMachine,
  sensitivities: SensitivitySystem | null,
): SparseArithmetic {
  const elimination = new PlainElimination(eliminationOf(dimension, jacobian.rows, jacobian.columns))
  return {
    rates: instance.rates,
    bareDerivative: (t, y, out) => instance.bareDerivative(t, y, out),
    factorize: (J, d) => elimination.factorize(J, d),
    solve: (x, offset) => elimination.solve(x, offset),
    ...(sensitivities instanceof SensitivityMachine && {
      stageTangent: (t, u, v, s, k, slope, added, out) => sensitivities.stageTangent(t, u, v, s, k, slope, added, out),
    }),
  }
}
