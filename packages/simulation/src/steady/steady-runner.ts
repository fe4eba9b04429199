import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import { integrateOnGrid, type Method, type StepControl, type Stopping } from 'ode-ts'
import { linearCourse } from '../course/linear-course.ts'
import type { SolverOptions } from '../course/solver-options.ts'
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

/** Runs the intervals of steady states in closed form, exact to rounding; `otherwise` those with states turned off. */
export function linearSteadyRunner(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  otherwise: SteadyRunner,
): SteadyRunner {
  const state = new Float64Array(instance.dimension)
  const tangents = new Float64Array((sensitivities?.parameterCount ?? 0) * instance.dimension)
  return {
    rtol: finest,
    atol: 0,
    run: (system, from, end, events, times, receive) => {
      if (system !== instance && system !== sensitivities)
        return otherwise.run(system, from, end, events, times, receive)
      const { t, y, s } = from
      const carried = s === null ? null : sensitivities
      const { trajectory, outcome } = linearCourse(instance, carried, t, end, events, y, s ?? new Float64Array())
      for (const time of times) {
        if (time > outcome.t) break
        trajectory.state(time, state)
        if (carried !== null) trajectory.sensitivities(time, tangents)
        receive(state, carried === null ? null : tangents)
      }
      return outcome
    },
  }
}
