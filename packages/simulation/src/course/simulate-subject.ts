import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import {
  integrate,
  type Method,
  type Outcome,
  type Solution,
  type StepControl,
  type Stopping,
  type TimeEvent,
} from 'ode-ts'
import { CovariateCourse } from '../covariates/covariate-course.ts'
import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import { checkLags } from '../records/check-lags.ts'
import type { EventRecord } from '../records/event-record.ts'
import { expandRecords } from '../records/expand-records.ts'
import { type NotSteady, schedule } from '../records/schedule.ts'
import { forcedSteadyRunner, linearSteadyRunner, steadyRunner } from '../steady/steady-runner.ts'
import { courseWithoutStates } from './course-without-states.ts'
import { ForcedCourse, type Forcing, isSeparated } from './forced-course.ts'
import { type InitialState, initialState } from './initial-state.ts'
import { linearCourse } from './linear-course.ts'
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
    sensitivities === undefined || sensitivities.length === 0 ? null : instance.sensitivities(sensitivities)
  const began = initialState(instance, tangents, start, startState, options, (duration) => burnIn(simulation, duration))
  if (began.status === 'failed') return notBegun(simulation, began)
  const { y: y0, s: s0 } = began
  const rules = options.recordRules ?? 'nonmem'
  const method = methodOf(simulation, instance.dimension)
  const control = stepControl(instance, options)
  const stops = stopping(instance, options)
  const closed = isInClosedForm(instance, options)
  const forcing = forcingOf(simulation, instance, tangents, forced, covariates)
  const runner = steadyRunner(model, instance, method, control, stops, options)
  const closedRunner =
    forcing === null
      ? linearSteadyRunner(instance, tangents, runner)
      : forcedSteadyRunner(model, forcing, method, control, stops, options, runner)
  const { events, captured, doses, system, notSteady } = schedule({
    instance,
    sensitivities: tangents,
    covariates,
    administrations: expandRecords(instance.model, records, rules, simulation.moving),
    start,
    end,
    began,
    rules,
    runner: closed || forcing !== null ? closedRunner : runner,
  })
  covariates.after(start)
  instance.beginSegment(start)
  const isWhole = system === instance || system === tangents
  const solution =
    instance.dimension === 0
      ? courseWithoutStates(start, end, events)
      : closed && isWhole
        ? linearCourse(instance, tangents, allStates(instance), start, end, events, y0, s0)
        : forcing !== null && isWhole
          ? forcedSolution(simulation, forcing, { y0, s0, events, method, control, stops, memory })
          : integrate(
              {
                system,
                stateNames: instance.model.states.map(({ name }) => name),
                t0: start,
                y0,
                t1: end,
                events,
                ...(tangents !== null && { sensitivities: s0 }),
              },
              method,
              control,
              stops,
              factoryOf(model, options),
              memory.trajectory,
            )
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

/** A linear model needs no method, unless one is asked for. */
function isInClosedForm({ isLinear }: ModelInstance, { method, tape }: SolverOptions): boolean {
  return isLinear && (method === undefined || method === 'auto') && tape !== true
}

function allStates({ dimension }: ModelInstance): readonly number[] {
  return Array.from({ length: dimension }, (_, i) => i)
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
  run: {
    readonly y0: Float64Array
    readonly s0: Float64Array
    readonly events: readonly TimeEvent[]
    readonly method: Method | 'auto'
    readonly control: StepControl
    readonly stops: Stopping
    readonly memory: RunMemory
  },
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
