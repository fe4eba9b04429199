import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import { integrateOnGrid, type Method, type StepControl, type Stopping, type System } from 'ode-ts'
import { ForcedCourse, type Forcing } from '../course/forced-course.ts'
import { linearCourse } from '../course/linear-course.ts'
import { LinearFlow } from '../course/linear-flow.ts'
import type { SolverOptions } from '../course/solver-options.ts'
import type { SteadyRunner } from './steady-dosing.ts'

/** How much more accurately the intervals of a steady state are run than the run itself, at most to `finest`. */
const finer = 0.01
const finest = 1e-12

function finerControl(control: StepControl): StepControl {
  const { rtol = 1e-6, atol = 1e-9 } = control
  const factor = Math.min(1, Math.max(finer, finest / rtol))
  return {
    ...control,
    rtol: rtol * factor,
    atol: typeof atol === 'number' ? atol * factor : atol.map((value) => value * factor),
  }
}

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
  const fine = finerControl(control)
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
  const all = Array.from({ length: instance.dimension }, (_, i) => i)
  const closed = compartmentRunner(instance, sensitivities, all)
  return {
    ...closed,
    run: (system, ...rest) =>
      (system === instance || system === sensitivities ? closed : otherwise).run(system, ...rest),
  }
}

/** Moves linear compartments alone, in closed form; other states stand still between events. */
function compartmentRunner(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  compartments: readonly number[],
): SteadyRunner {
  const state = new Float64Array(instance.dimension)
  const tangents = new Float64Array((sensitivities?.parameterCount ?? 0) * instance.dimension)
  let plain: LinearFlow | undefined
  let derived: LinearFlow | undefined
  return {
    rtol: finest,
    atol: 0,
    run: (_system, { t, y, s }, end, events, times, receive) => {
      const carried = s === null ? null : sensitivities
      const s0 = s ?? new Float64Array()
      if (carried === null) plain ??= new LinearFlow(instance, null, compartments)
      else derived ??= new LinearFlow(instance, carried, compartments)
      const flow = (carried === null ? plain : derived)!
      const { trajectory, outcome } = linearCourse(flow, t, end, events, y, s0)
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

/** Runs them with the compartments of `linCmt()` in closed form; `otherwise` those with states turned off. */
export function forcedSteadyRunner(
  model: CompiledModel,
  forcing: Forcing,
  method: Method | 'auto',
  control: StepControl,
  stopping: Stopping,
  { tape = false }: SolverOptions,
  otherwise: SteadyRunner,
): SteadyRunner {
  const { instance, sensitivities, compartments } = forcing
  const { tapeStepperFactory, stepperFactory } = model.forced?.compiled ?? model
  const state = new Float64Array(instance.dimension)
  const tangents = new Float64Array((sensitivities?.parameterCount ?? 0) * instance.dimension)
  const isWhole = (system: System) => system === instance || system === sensitivities
  return {
    rtol: otherwise.rtol,
    atol: otherwise.atol,
    compartments: { states: compartments, runner: compartmentRunner(instance, sensitivities, compartments), isWhole },
    run: (system, from, end, events, times, receive) => {
      if (!isWhole(system)) return otherwise.run(system, from, end, events, times, receive)
      const { t, y, s } = from
      const carried = s === null ? { ...forcing, sensitivities: null, forcedSensitivities: null } : forcing
      const course = new ForcedCourse(carried, t, y, s ?? new Float64Array())
      const { outcome } = integrateOnGrid(
        course.problem(end, events),
        {
          times,
          receive: (index, z, sz) => {
            course.read(times[index]!, z, state)
            if (sz !== null) course.readSensitivities(times[index]!, z, sz, tangents)
            receive(state, sz === null ? null : tangents)
          },
        },
        method,
        course.control(finerControl(control)),
        course.stopping(stopping),
        tape ? tapeStepperFactory : stepperFactory,
      )
      return course.outcome(outcome)
    },
  }
}
