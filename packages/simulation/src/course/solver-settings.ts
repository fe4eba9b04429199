import type { CompiledModel, ModelInstance } from '@cartkin/model'
import { autoMethods, type Method, type StepControl, type StepperFactory, type Stopping } from 'ode-ts'
import { stateEvents } from '../records/state-events.ts'
import type { SubjectSimulation } from './simulate-subject.ts'
import type { SolverOptions } from './solver-options.ts'

/** Steps from one question whether to stop to the next. */
const askEvery = 4
const defaultRtol = 1e-6

/**
 * The method asked for. At a steady state it is the stiff one of the two between which 'auto' chooses: there explicit methods
 * step to the limit of their stability, and what they amplify is a drift within the tolerance.
 */
export function methodOf(
  { options = {}, startState, sensitivities = [] }: SubjectSimulation,
  states: number,
): Method | 'auto' {
  const { method = 'auto', rtol = defaultRtol } = options
  if (method !== 'auto' || startState?.settle?.kind !== 'steady-state') return method
  return autoMethods(rtol, { states, hasSensitivities: sensitivities.length > 0 }).stiff
}

/** When a run asks whether to stop, and the conditions on its states. */
export function stopping(instance: ModelInstance, { shouldStop }: SolverOptions): Stopping {
  const conditions = stateEvents(instance)
  return {
    ...(conditions.length > 0 && { conditions }),
    ...(shouldStop !== undefined && { shouldStop, askEvery }),
  }
}

/** Tolerances and limits of the steps, by state where they differ. Throws a RangeError for a tolerance of no state. */
export function stepControl(instance: ModelInstance, options: SolverOptions): StepControl {
  const { rtol = defaultRtol, atol = 1e-9, atolByState, maxStep, maxSteps } = options
  return {
    rtol,
    atol: atolByState === undefined ? atol : tolerances(instance, atol, atolByState),
    ...(maxStep !== undefined && { maxStep }),
    ...(maxSteps !== undefined && { maxSteps }),
  }
}

function tolerances(
  { model: { states } }: ModelInstance,
  atol: number,
  atolByState: Readonly<Record<string, number>>,
): Float64Array {
  const perState = new Float64Array(states.length).fill(atol)
  for (const [name, value] of Object.entries(atolByState)) {
    const k = states.findIndex((state) => state.name === name)
    if (k < 0) throw new RangeError(`atol is given for ${name}, which is not a state of the model`)
    perState[k] = value
  }
  return perState
}

/** Steps by a generated kernel, or by the tape where it is asked for. */
export function factoryOf(model: CompiledModel, { tape = false }: SolverOptions): StepperFactory {
  return tape ? model.tapeStepperFactory : model.stepperFactory
}
