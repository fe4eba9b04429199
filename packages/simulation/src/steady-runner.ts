import type { CompiledModel, ModelInstance } from '@cartkin/model'
import { integrateOnGrid, type Method, type StepControl, type Stopping } from 'ode-ts'
import type { SolverOptions } from './solver-options.ts'
import type { SteadyRunner } from './steady-dosing.ts'

/** How much more accurately the intervals of a steady state are run than the run itself, at most to `finest`. */
const finer = 0.01
const finest = 1e-12

/** Runs the intervals of steady states by the methods of a run. */
export function steadyRunner(
  model: CompiledModel,
  instance: ModelInstance,
  method: Method | 'auto',
  control: StepControl,
  stopping: Stopping,
  { tape = false }: SolverOptions,
): SteadyRunner {
  const { rtol = 1e-6, atol = 1e-9 } = control
  const factor = Math.min(1, Math.max(finer, finest / rtol))
  const fine = {
    ...control,
    rtol: rtol * factor,
    atol: typeof atol === 'number' ? atol * factor : atol.map((value) => value * factor),
  }
  const stateNames = instance.model.states.map(({ name }) => name)
  return {
    rtol,
    atol,
    run: (system, { t, y, s }, end, events, times, receive) =>
      integrateOnGrid(
        { system, stateNames, t0: t, y0: y, t1: end, events, ...(s !== null && { sensitivities: s }) },
        { times, receive: (_index, at, tangents) => receive(at, tangents) },
        method,
        fine,
        stopping,
        tape ? model.tapeStepperFactory : model.stepperFactory,
      ).outcome,
  }
}
