import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import {
  integrate,
  type Method,
  type Outcome,
  type SensitivitySystem,
  type Solution,
  type StepControl,
  type Stopping,
  type System,
  type TimeEvent,
} from 'ode-ts'
import { CovariateCourse } from '../covariates/covariate-course.ts'
import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import { checkLags } from '../records/check-lags.ts'
import type { EventRecord } from '../records/event-record.ts'
import { expandRecords } from '../records/expand-records.ts'
import { type NotSteady, schedule } from '../records/schedule.ts'
import type { SteadyRunner } from '../steady/steady-dosing.ts'
import { forcedSteadyRunner, linearSteadyRunner, steadyRunner } from '../steady/steady-runner.ts'
import { courseWithoutStates } from './course-without-states.ts'
import { ForcedCourse, type Forcing, isSeparated } from './forced-course.ts'
import { mostInSums } from './has-closed-form.ts'
import { type InitialState, initialState } from './initial-state.ts'
import { linearCourse } from './linear-course.ts'
import type { LinearFlow } from './linear-flow.ts'
import { nextDown } from './next-down.ts'
import { RunMemory } from './run-memory.ts'
import { SolvedRun } from './solved-run.ts'
import type { SolverOptions } from './solver-options.ts'
import { factoryOf, methodOf, stepControl, stopping } from './solver-settings.ts'
import type { StartState } from './start-state.ts'
import type { SubjectRun } from './subject-run.ts'

/** Everything that determines one subject's course. */
export interface SubjectSimulation {
  readonly model: CompiledModel
  /** Values of all parameters, in `model.parameters` order (see `parameterVector`). */
  readonly parameters: Float64Array
  /** Parameters that change during the run; where they do, the run goes on anew. */
  readonly covariates?: readonly CovariateInTime[]
  /** Doses, resets and observations in time order. */
  readonly records: readonly EventRecord[]
  /** Where the run begins; nothing may be given before it. */
  readonly start: number
  /** The state it begins in (x(0) of the text). */
  readonly startState?: StartState
  readonly end: number
  readonly options?: SolverOptions
  /** Parameters (indices) with respect to which sensitivities are carried. */
  readonly sensitivities?: readonly number[]
  /** ∂time/∂p of those records whose time moves with these parameters. */
  readonly moving?: ReadonlyMap<EventRecord, Float64Array>
  /** ∂amt/∂p of those records whose amount changes with these parameters (see `amountDerivatives`). */
  readonly changing?: ReadonlyMap<EventRecord, Float64Array>
  /** Where the run is kept (memory of its own); with that of another run, this one takes its place. */
  readonly memory?: RunMemory
}

/**
 * Runs one subject. Numerical failure is an outcome; the run is then readable up to its `end`. Throws a RangeError for
 * records that cannot be (out of order, before the start, into a state that does not exist).
 */
export function simulateSubject(simulation: SubjectSimulation): SubjectRun {
  const { model, parameters, records, start, options = {}, sensitivities, memory = new RunMemory() } = simulation
  const { end, startState = {} } = simulation
  if (!(Number.isFinite(start) && Number.isFinite(end) && end >= start)) {
    throw new RangeError(`a run goes from a start to an end not before it, got ${start} to ${end}`)
  }
  const { instance, block, forced } = memory.open(model)
  const covariates = new CovariateCourse(instance, parameters, simulation.covariates ?? [])
  checkLags(instance, covariates, start, end)
  covariates.at(start)
  instance.beginSegment(start)
  const tangents =
    sensitivities === undefined || sensitivities.length === 0 ? null : memory.sensitivities(instance, sensitivities)
  const began = initialState(instance, tangents, start, startState, options, (duration) => burnIn(simulation, duration))
  if (began.status === 'failed') return notBegun(simulation, began)
  const { y: y0, s: s0 } = began
  const rules = options.recordRules ?? 'nonmem'
  const flow = isLinear(instance, options) ? memory.flow(instance, tangents) : null
  const closed = flow !== null && isQuick(flow, covariates, start, end)
  // a linear model may need no solver at all
  let known: Solver | undefined
  const solver = () => (known ??= solverOf(simulation, instance))
  // but options that name what is not there are refused
  if (options.atolByState !== undefined) solver()
  const forcing = closed ? null : forcingOf(simulation, instance, tangents, forced, covariates)
  const runner = (): SteadyRunner => {
    const { method, control, stops } = solver()
    const stepwise = steadyRunner(model, instance, method, control, stops, options)
    if (closed) return linearSteadyRunner(instance, tangents, stepwise)
    return forcing === null ? stepwise : forcedSteadyRunner(model, forcing, method, control, stops, options, stepwise)
  }
  const { events, captured, doses, system, notSteady } = schedule({
    instance,
    sensitivities: tangents,
    covariates,
    administrations: expandRecords(instance.model, records, rules, simulation.moving, simulation.changing),
    start,
    end,
    began,
    rules,
    runner,
  })
  covariates.after(start)
  instance.beginSegment(start)
  const isWhole = system === instance || system === tangents
  const solution =
    instance.dimension === 0
      ? courseWithoutStates(start, end, events)
      : closed && isWhole
        ? linearCourse(flow, start, end, events, y0, s0, options.shouldStop)
        : forcing !== null && isWhole
          ? forcedSolution(simulation, forcing, { y0, s0, events, memory, ...solver() })
          : stepByStep(simulation, instance, { system, y0, s0: tangents && s0, events, memory, ...solver() })
  return new SolvedRun(
    memory,
    instance,
    block,
    tangents,
    records,
    captured,
    doses,
    covariates,
    solution.trajectory,
    outcomeOf(solution.outcome, notSteady()),
    solution.statistics,
  )
}

interface Solver {
  readonly method: Method | 'auto'
  readonly control: StepControl
  readonly stops: Stopping
}

/** What runs solve with, beside the equations and the state of the start. */
interface Solving extends Solver {
  readonly y0: Float64Array
  readonly events: readonly TimeEvent[]
  readonly memory: RunMemory
}

function solverOf(simulation: SubjectSimulation, instance: ModelInstance): Solver {
  const { options = {} } = simulation
  return {
    method: methodOf(simulation, instance.dimension),
    control: stepControl(instance, options),
    stops: stopping(instance, options),
  }
}

function stepByStep(
  { model, start, end, options = {} }: SubjectSimulation,
  instance: ModelInstance,
  {
    system,
    y0,
    s0,
    events,
    method,
    control,
    stops,
    memory,
  }: Solving & { readonly system: System | SensitivitySystem; readonly s0: Float64Array | null },
): Solution {
  const stateNames = instance.model.states.map(({ name }) => name)
  return integrate(
    { system, stateNames, t0: start, y0, t1: end, events, ...(s0 !== null && { sensitivities: s0 }) },
    method,
    control,
    stops,
    factoryOf(model, options),
    memory.trajectory,
  )
}

/** Most states of a chain for which matrix exponentials are, too. */
const mostInMatrices = 3

/** A linear model needs no method, unless one is asked for. */
function isLinear({ isLinear }: ModelInstance, { method, tape }: SolverOptions): boolean {
  return isLinear && (method === undefined || method === 'auto') && tape !== true
}

/**
 * Whether the closed form of a linear model is to be had without much work: that of `linCmt()`, and of chains and trees of
 * states, where the larger of them have rates that stay apart. The instance gets other parameters.
 */
function isQuick(flow: LinearFlow, covariates: CovariateCourse, start: number, end: number): boolean {
  const { instance } = flow
  const { dimension, model } = instance
  if (model.isLinCmt || dimension === 0) return true
  if (!flow.isTriangular || dimension > mostInSums) return false
  if (dimension <= mostInMatrices) return true
  const times = new Float64Array(model.switches.length)
  return covariates.segments(start, end).every(({ from, to }) => {
    covariates.after(from)
    instance.switchTimes(times)
    return [from, ...times.filter((t) => t > from && t < to)].every((t) => {
      instance.beginSegment(t)
      return flow.isApart(t)
    })
  })
}

/** The forced model of a run, where it has one that keeps its digits; the model's instance gets other parameters. */
function forcingOf(
  { model, sensitivities, start, end }: SubjectSimulation,
  instance: ModelInstance,
  tangents: ModelSensitivities | null,
  forced: ModelInstance | null,
  covariates: CovariateCourse,
): Forcing | null {
  if (model.forced === null || forced === null) return null
  const forcedSensitivities = tangents === null ? null : forced.sensitivities(sensitivities ?? [])
  const { compartments } = model.forced
  const forcing = { instance, sensitivities: tangents, forced, forcedSensitivities, compartments }
  const isWhole = covariates.segments(start, end).every(({ from }) => {
    covariates.after(from)
    instance.beginSegment(from)
    return isSeparated(forcing, from)
  })
  return isWhole ? forcing : null
}

function forcedSolution(
  { model, start, end, options = {} }: SubjectSimulation,
  forcing: Forcing,
  run: Solving & { readonly s0: Float64Array },
): Solution {
  const { y0, s0, events, method, control, stops, memory } = run
  const course = new ForcedCourse(forcing, start, y0, s0)
  const { outcome, statistics, trajectory } = integrate(
    course.problem(end, events),
    method,
    course.control(control),
    course.stopping(stops),
    factoryOf(model.forced?.compiled ?? model, options),
    memory.trajectory,
  )
  return { outcome: course.outcome(outcome), statistics, trajectory: course.trajectory(trajectory) }
}

/** How a run ended; where it ended at a steady state that was not found, for that reason. */
function outcomeOf(outcome: Outcome, failure: NotSteady | undefined): Outcome {
  if (failure === undefined || outcome.t !== failure.t) return outcome
  const { t, y, found } = failure
  if (found.status === 'stopped') return { status: 'stopped', t }
  return { status: 'failed', reason: found.reason, t, y, message: found.message }
}

/** The state to which the untreated run of a duration up to the start leads. */
function burnIn({ memory: _, ...simulation }: SubjectSimulation, duration: number): InitialState {
  const { start, startState = {} } = simulation
  const { settle: _settle, ...state } = startState
  const run = simulateSubject({ ...simulation, records: [], start: start - duration, end: start, startState: state })
  const { outcome } = run
  const n = simulation.model.model.states.length
  const row = n + simulation.model.model.outputs.length
  const y = new Float64Array(row)
  run.read(run.end, y)
  if (outcome.status === 'failed')
    return { ...outcome, y: y.slice(0, n), message: `in the burn-in from ${start - duration} on: ${outcome.message}` }
  const m = simulation.sensitivities?.length ?? 0
  const s = new Float64Array(m * row)
  if (m > 0) run.readSensitivities(run.end, s)
  const columns = Array.from({ length: m }, (_, j) => s.subarray(j * row, j * row + n))
  return { status: 'found', y: y.slice(0, n), s: Float64Array.from(columns.flatMap((column) => [...column])) }
}

/** A run that ends before it begins, since the state it was to begin in was not found. */
function notBegun(
  { startState: _, ...simulation }: SubjectSimulation,
  { reason, message, y }: Extract<InitialState, { readonly status: 'failed' }>,
): SubjectRun {
  const { start, model } = simulation
  const last = model.model.states.map(({ name }, k) => [name, y[k]!] as const)
  const values = Object.fromEntries(last.filter(([, value]) => Number.isFinite(value)))
  const run = simulateSubject({ ...simulation, records: [], end: start, startState: { values } })
  const outcome = { status: 'failed' as const, reason, t: start, y, message }
  return Object.assign(run, { outcome, end: nextDown(start) })
}
