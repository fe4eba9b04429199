import type { CompiledModel, ModelInstance, ModelSensitivities } from '@cartkin/model'
import {
  autoMethods,
  integrate,
  type Method,
  type Outcome,
  type Solution,
  type Statistics,
  type StepControl,
  type StepperFactory,
  type Stopping,
  type TimeEvent,
  type Trajectory,
} from 'ode-ts'
import { CovariateCourse, type OwnCovariates } from '../covariates/covariate-course.ts'
import type { CovariateInTime } from '../covariates/covariate-in-time.ts'
import { checkLags } from '../records/check-lags.ts'
import type { DoseHistory } from '../records/dose-history.ts'
import type { EventRecord } from '../records/event-record.ts'
import { expandRecords } from '../records/expand-records.ts'
import { type NotSteady, type Schedule, schedule } from '../records/schedule.ts'
import { stateEvents } from '../records/state-events.ts'
import { forcedSteadyRunner, linearSteadyRunner, steadyRunner } from '../steady/steady-runner.ts'
import { courseWithoutStates } from './course-without-states.ts'
import { ForcedCourse, type Forcing, isSeparated } from './forced-course.ts'
import { type InitialState, initialState } from './initial-state.ts'
import { linearCourse } from './linear-course.ts'
import { nextDown } from './next-down.ts'
import { blockRows, type ReadBlock } from './read-block.ts'
import { RunMemory } from './run-memory.ts'
import type { SolverOptions } from './solver-options.ts'
import type { StartState } from './start-state.ts'

/** Steps from one question whether to stop to the next. */
const askEvery = 4
const defaultRtol = 1e-6

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
 * A subject's course, readable at any time of [start, end]; a time with a dose reads the state after it unless `side`
 * says 'before'. Quantities are the states in model order, then the outputs.
 */
export interface SubjectRun {
  /** Where the run is kept. */
  readonly memory: RunMemory
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly start: number
  /** Last time reached. */
  readonly end: number
  /** Times at which accepted steps begin and end, ascending. */
  readonly knots: Float64Array
  /** Times of doses, infusion ends, resets, switches and changes of covariates, ascending, without repeats. */
  readonly eventTimes: Float64Array
  /** Writes states then outputs at `t` into `out` (length states + outputs). */
  read(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /** Quantity `index` alone, as `read` gives it. */
  value(index: number, t: number, side?: 'before' | 'after'): number
  /**
   * Reads many times at once: quantity `wanted[q]` at `times[k]` goes to `out[q][k]`, bit for bit what `read` gives;
   * before the doses of that time where `before[k]` is 1.
   */
  readColumns(times: Float64Array, wanted: readonly number[], out: readonly Float64Array[], before?: Uint8Array): void
  /** Writes ∂(states, outputs)/∂p at `t`, parameter-major (m × (states + outputs)). */
  readSensitivities(t: number, out: Float64Array, side?: 'before' | 'after'): void
  /** As `read`, at record `index` of the simulation's records: after the doses before it, before those that follow it. */
  readRecord(index: number, out: Float64Array): void
  readRecordSensitivities(index: number, out: Float64Array): void
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
  return new Run(
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

function factoryOf(model: CompiledModel, { tape = false }: SolverOptions): StepperFactory {
  return tape ? model.tapeStepperFactory : model.stepperFactory
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

/**
 * The method asked for. At a steady state it is the stiff one of the two between which 'auto' chooses: there explicit methods
 * step to the limit of their stability, and what they amplify is a drift within the tolerance.
 */
function methodOf(
  { options = {}, startState, sensitivities = [] }: SubjectSimulation,
  states: number,
): Method | 'auto' {
  const { method = 'auto', rtol = defaultRtol } = options
  if (method !== 'auto' || startState?.settle?.kind !== 'steady-state') return method
  return autoMethods(rtol, { states, hasSensitivities: sensitivities.length > 0 }).stiff
}

function stopping(instance: ModelInstance, { shouldStop }: SolverOptions): Stopping {
  const conditions = stateEvents(instance)
  return {
    ...(conditions.length > 0 && { conditions }),
    ...(shouldStop !== undefined && { shouldStop, askEvery }),
  }
}

function stepControl(instance: ModelInstance, options: SolverOptions): StepControl {
  const { rtol = defaultRtol, atol = 1e-9, atolByState, maxStep, maxSteps } = options
  const states = instance.model.states
  const perState = new Float64Array(states.length).fill(atol)
  for (const [name, value] of Object.entries(atolByState ?? {})) {
    const k = states.findIndex((state) => state.name === name)
    if (k < 0) throw new RangeError(`atol is given for ${name}, which is not a state of the model`)
    perState[k] = value
  }
  return {
    rtol,
    atol: atolByState === undefined ? atol : perState,
    ...(maxStep !== undefined && { maxStep }),
    ...(maxSteps !== undefined && { maxSteps }),
  }
}

class Run implements SubjectRun {
  readonly memory: RunMemory
  readonly outcome: Outcome
  readonly statistics: Statistics
  readonly start: number
  readonly end: number
  readonly eventTimes: Float64Array
  readonly #instance: ModelInstance
  readonly #tangents: ModelSensitivities | null
  readonly #records: readonly EventRecord[]
  readonly #captured: Schedule['captured']
  readonly #doses: DoseHistory
  readonly #covariates: CovariateCourse
  readonly #trajectory: Trajectory
  readonly #y: Float64Array
  readonly #s: Float64Array
  readonly #outputs: Float64Array
  readonly #outputTangents: Float64Array
  readonly #block: ReadBlock

  constructor(
    memory: RunMemory,
    instance: ModelInstance,
    block: ReadBlock,
    tangents: ModelSensitivities | null,
    records: readonly EventRecord[],
    captured: Schedule['captured'],
    doses: DoseHistory,
    covariates: CovariateCourse,
    trajectory: Trajectory,
    outcome: Outcome,
    statistics: Statistics,
  ) {
    this.memory = memory
    this.#instance = instance
    this.#block = block
    this.#tangents = tangents
    this.#records = records
    this.#captured = captured
    this.#doses = doses
    this.#covariates = covariates
    this.#trajectory = trajectory
    this.outcome = outcome
    this.statistics = statistics
    this.start = trajectory.start
    this.end = trajectory.end
    this.eventTimes = trajectory.eventTimes
    const m = tangents?.parameterCount ?? 0
    const outputs = instance.model.outputs.length
    this.#y = new Float64Array(instance.dimension)
    this.#s = new Float64Array(m * instance.dimension)
    this.#outputs = new Float64Array(outputs)
    this.#outputTangents = new Float64Array(m * outputs)
  }

  get knots(): Float64Array {
    return this.#trajectory.knots
  }

  read(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    this.#trajectory.state(t, this.#y, side)
    this.#write(side === 'before' ? nextDown(t) : t, this.#y, out)
  }

  value(index: number, t: number, side: 'before' | 'after' = 'after'): number {
    const n = this.#y.length
    const { times, states, outputs, one, side: before } = this.#block
    const isBefore = side === 'before'
    one[0] = index
    times[0] = t
    before[0] = isBefore ? 1 : 0
    this.#trajectory.rows(times, 1, index < n ? one : this.#instance.outputStates, states, before)
    if (index < n) return states[index]!
    if (isBefore) times[0] = nextDown(t)
    this.#outputRows(1)
    return outputs[index - n]!
  }

  readColumns(times: Float64Array, wanted: readonly number[], out: readonly Float64Array[], before?: Uint8Array): void {
    const n = this.#y.length
    const width = this.#outputs.length
    const block = this.#block
    const needsOutputs = wanted.some((index) => index >= n)
    const needed = new Set(needsOutputs ? this.#instance.outputStates : [])
    for (const index of wanted) if (index < n) needed.add(index)
    const entries = Int32Array.from(needed)
    for (let first = 0; first < times.length; first += blockRows) {
      const count = Math.min(blockRows, times.length - first)
      const sides = before?.subarray(first, first + count)
      this.#trajectory.rows(times.subarray(first, first + count), count, entries, block.states, sides)
      for (let k = 0; k < count; k++)
        block.times[k] = sides?.[k] === 1 ? nextDown(times[first + k]!) : times[first + k]!
      if (needsOutputs) this.#outputRows(count)
      for (let q = 0; q < wanted.length; q++) {
        const index = wanted[q]!
        const column = out[q]!
        const [from, stride] = index < n ? [block.states, n] : [block.outputs, width]
        let at = index < n ? index : index - n
        for (let k = 0; k < count; k++, at += stride) column[first + k] = from[at]!
      }
    }
  }

  readSensitivities(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    this.#trajectory.state(t, this.#y, side)
    this.#trajectory.sensitivities(t, this.#s, side)
    this.#writeTangents(side === 'before' ? nextDown(t) : t, this.#y, this.#s, out)
  }

  readRecord(index: number, out: Float64Array): void {
    const { time: t, covariates } = this.#record(index)
    const captured = this.#captured.get(index)
    if (captured === undefined && covariates === undefined) {
      this.read(t, out)
      return
    }
    if (captured === undefined) this.#trajectory.state(t, this.#y, 'after')
    this.#write(t, captured?.y ?? this.#y, out, captured?.doses, covariates)
  }

  readRecordSensitivities(index: number, out: Float64Array): void {
    const { time: t, covariates } = this.#record(index)
    const captured = this.#captured.get(index)
    if (captured === undefined && covariates === undefined) {
      this.readSensitivities(t, out)
      return
    }
    if (captured === undefined) {
      this.#trajectory.state(t, this.#y, 'after')
      this.#trajectory.sensitivities(t, this.#s, 'after')
    }
    this.#writeTangents(t, captured?.y ?? this.#y, captured?.s ?? this.#s, out, captured?.doses, covariates)
  }

  #record(index: number): EventRecord {
    const record = this.#records[index]
    if (record === undefined) throw new RangeError(`no record ${index}; the subject has ${this.#records.length}`)
    return record
  }

  /** Outputs of the first `count` rows of the block, those between two doses or changes of covariates together. */
  #outputRows(count: number): void {
    const { times, states, outputs } = this.#block
    const n = this.#y.length
    const width = this.#outputs.length
    for (let first = 0, end = 0; first < count; first = end) {
      const t = times[first]!
      const place = this.#doses.placeAt(t)
      const node = this.#covariates.placeAt(t)
      end = first + 1
      while (
        end < count &&
        this.#doses.placeAt(times[end]!) === place &&
        this.#covariates.placeAt(times[end]!) === node
      )
        end++
      this.#covariates.at(t)
      this.#instance.setDoses(this.#doses.values(place))
      this.#instance.outputRows(
        end - first,
        times.subarray(first, end),
        states.subarray(first * n, end * n),
        outputs.subarray(first * width, end * width),
      )
    }
  }

  // `t` a little before an event makes the outputs see its switches and doses as they were.
  #write(t: number, y: Float64Array, out: Float64Array, doses = this.#doses.placeAt(t), own?: OwnCovariates): void {
    out.set(y)
    this.#covariates.at(t, own)
    this.#instance.setDoses(this.#doses.values(doses))
    this.#instance.outputs(t, y, this.#outputs)
    out.set(this.#outputs, y.length)
  }

  #writeTangents(
    t: number,
    y: Float64Array,
    s: Float64Array,
    out: Float64Array,
    doses = this.#doses.placeAt(t),
    own?: OwnCovariates,
  ): void {
    const tangents = this.#tangents
    if (tangents === null) throw new Error('this run carries no sensitivities; name the parameters when simulating')
    const n = y.length
    const outputs = this.#outputs.length
    this.#covariates.at(t, own)
    this.#instance.setDoses(this.#doses.values(doses))
    tangents.outputs(t, y, s, this.#outputTangents)
    for (let j = 0; j < tangents.parameterCount; j++) {
      const row = j * (n + outputs)
      out.set(s.subarray(j * n, (j + 1) * n), row)
      out.set(this.#outputTangents.subarray(j * outputs, (j + 1) * outputs), row + n)
    }
  }
}
