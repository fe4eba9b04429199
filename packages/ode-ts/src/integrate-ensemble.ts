import type { GridSolution } from './integrate.ts'
import type { Method } from './methods/method.ts'
import type { StepControl, Stopping } from './options.ts'
import { checkGrid, type GridOutput, GridSink } from './output/grid-output.ts'
import type { Problem } from './problem.ts'
import { checkProblem } from './run/check-problem.ts'
import type { Leg } from './run/leg.ts'
import { type ResolvedControl, resolveControl } from './run/resolve-control.ts'
import { SubjectRun } from './run/subject-run.ts'
import { laneStepperFor } from './steppers/choose-method.ts'
import type { Lane, LaneStepper, LaneStepperFactory } from './steppers/lane-stepper.ts'
import { scalarLanes } from './steppers/scalar-lanes.ts'
import type { SensitivitySystem } from './system.ts'

/** One of many problems that differ in parameters, initial state, times, events and what is wanted of them. */
export interface EnsembleSubject {
  /** With the dimension and the number of parameters of all others, and a system that no other subject runs on. */
  readonly problem: Problem
  readonly output: GridOutput
  readonly stopping?: Stopping
}

/** What became of a subject. */
export type EnsembleResult =
  | (GridSolution & { readonly status: 'integrated' })
  /** It could not be run: misuse in its problem, or an exception of its own functions. */
  | { readonly status: 'refused'; readonly error: unknown }

/**
 * Integrates many problems of one kind, two at a time.
 *
 * Subjects are drawn from `subjects` as lanes become free, so they may be made one by one; `finished` is told of each
 * with its number, in the order in which they end. Each has its own time, step, error, events and end: what one gives is
 * bit for bit what `integrateOnGrid` gives for it alone, whichever lane it is in and whoever is beside it, and however
 * that one ends.
 *
 * Throws a RangeError when `control` is wrong; what is wrong with one subject is that subject's result. `makeLanes` lets
 * a caller run compiled steppers with two lanes; two scalar steppers are the default.
 */
export function integrateEnsemble(
  subjects: Iterable<EnsembleSubject>,
  method: Method | 'auto',
  control: StepControl,
  finished: (index: number, result: EnsembleResult) => void,
  makeLanes: LaneStepperFactory = scalarLanes(),
): void {
  const ensemble = new Ensemble(subjects, method, control, finished, makeLanes)
  ensemble.solve()
}

interface Seat {
  readonly index: number
  readonly run: SubjectRun
}

class Ensemble {
  private readonly subjects: Iterator<EnsembleSubject>
  private readonly method: Method | 'auto'
  private readonly control: StepControl
  private readonly finished: (index: number, result: EnsembleResult) => void
  private readonly makeLanes: LaneStepperFactory
  private readonly seats: [Seat | null, Seat | null] = [null, null]
  private stepper: LaneStepper | null = null
  private resolved: ResolvedControl | null = null
  private next = 0

  constructor(
    subjects: Iterable<EnsembleSubject>,
    method: Method | 'auto',
    control: StepControl,
    finished: (index: number, result: EnsembleResult) => void,
    makeLanes: LaneStepperFactory,
  ) {
    this.subjects = subjects[Symbol.iterator]()
    this.method = method
    this.control = control
    this.finished = finished
    this.makeLanes = makeLanes
  }

  solve(): void {
    const { seats } = this
    for (;;) {
      if (seats[0] === null) this.fill(0)
      if (seats[1] === null) this.fill(1)
      const { stepper } = this
      if (stepper === null || (seats[0] === null && seats[1] === null)) {
        stepper?.release?.()
        return
      }
      this.step(stepper)
    }
  }

  private step(stepper: LaneStepper): void {
    const [seat0, seat1] = this.seats
    const leg0 = seat0?.run.leg ?? null
    const leg1 = seat1?.run.leg ?? null
    if (stepper.march !== undefined && (leg0 !== null || seat0 === null) && (leg1 !== null || seat1 === null)) {
      stepper.march(leg0, leg1)
      const mask = (endsWell(stepper, 0, leg0) ? 1 : 0) | (endsWell(stepper, 1, leg1) ? 2 : 0)
      if (mask !== 0) stepper.accept(mask)
      if (seat0 !== null) this.tell(stepper, 0, seat0, true)
      if (seat1 !== null) this.tell(stepper, 1, seat1, true)
      return
    }
    stepper.attempt(seat0?.run.end ?? Number.NaN, seat1?.run.end ?? Number.NaN)
    const mask = (accepts(stepper, 0, seat0) ? 1 : 0) | (accepts(stepper, 1, seat1) ? 2 : 0)
    if (mask !== 0) stepper.accept(mask)
    if (seat0 !== null) this.tell(stepper, 0, seat0, false)
    if (seat1 !== null) this.tell(stepper, 1, seat1, false)
  }

  /** Tells the run of a lane what its stepper did. */
  private tell(stepper: LaneStepper, lane: Lane, { index, run }: Seat, marched: boolean): void {
    const thrown = stepper.thrown[lane]
    if (thrown !== null) {
      this.refuse(lane, index, thrown.error)
      return
    }
    try {
      if (marched) run.marched()
      else run.attempted(stepper.norms[lane]!)
    } catch (error) {
      this.refuse(lane, index, error)
      return
    }
    if (run.outcome === null) return
    this.seats[lane] = null
    this.finished(index, { status: 'integrated', outcome: run.outcome, statistics: run.statistics })
  }

  private refuse(lane: Lane, index: number, error: unknown): void {
    this.seats[lane] = null
    this.finished(index, { status: 'refused', error })
  }

  /** Puts the next subject that has steps to make into a lane, if there is one. */
  private fill(lane: Lane): void {
    for (;;) {
      const { done, value: subject } = this.subjects.next()
      if (done === true) return
      const index = this.next++
      const run = this.prepare(lane, index, subject)
      if (run === null) continue
      if (run.outcome === null) {
        this.seats[lane] = { index, run }
        return
      }
      this.finished(index, { status: 'integrated', outcome: run.outcome, statistics: run.statistics })
    }
  }

  private prepare(lane: Lane, index: number, subject: EnsembleSubject): SubjectRun | null {
    const { problem } = subject
    let sensitivities: SensitivitySystem | null
    try {
      sensitivities = checkProblem(problem)
      checkGrid(subject.output, problem.t0, problem.t1)
    } catch (error) {
      this.refuse(lane, index, error)
      return null
    }
    this.resolved ??= resolveControl(this.control, problem.system.dimension)
    this.stepper ??= laneStepperFor(this.method, problem.system, this.resolved, sensitivities, this.makeLanes)
    try {
      return this.seat(lane, subject, this.stepper, this.resolved, sensitivities)
    } catch (error) {
      this.refuse(lane, index, error)
      return null
    }
  }

  private seat(
    lane: Lane,
    { problem, output, stopping = {} }: EnsembleSubject,
    stepper: LaneStepper,
    control: ResolvedControl,
    sensitivities: SensitivitySystem | null,
  ): SubjectRun {
    const { dimension, parameterCount } = stepper.lanes[0]
    const own = sensitivities?.parameterCount ?? 0
    if (problem.system.dimension !== dimension || own !== parameterCount) {
      throw new RangeError(
        `a subject with ${problem.system.dimension} states and ${own} parameters cannot join an ensemble with ` +
          `${dimension} states and ${parameterCount} parameters`,
      )
    }
    stepper.assign(lane, problem.system, sensitivities)
    const steps = stepper.lanes[lane]
    const sink = new GridSink(output, steps, (stopping.conditions ?? []).length > 0)
    const explicitOnly = this.method !== 'auto' && this.method.kind === 'explicit'
    const run = new SubjectRun(problem, control, stopping, steps, sink, explicitOnly)
    run.begin()
    return run
  }
}

function accepts(stepper: LaneStepper, lane: Lane, seat: Seat | null): boolean {
  return seat !== null && stepper.thrown[lane] === null && stepper.norms[lane]! <= 1
}

/** Whether the march of a lane stopped at an attempt that is to be accepted. */
function endsWell(stepper: LaneStepper, lane: Lane, leg: Leg | null): boolean {
  return leg !== null && stepper.thrown[lane] === null && leg.stop === 'odd' && leg.norm <= 1
}
