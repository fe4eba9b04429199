import type { Statistics, Stopping } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import type { StepSink } from '../output/step-sink.ts'
import type { Problem, TimeEvent } from '../problem.ts'
import type { StepperLane } from '../steppers/stepper.ts'
import { isSensitivitySystem, sortEvents } from './check-problem.ts'
import { firstNotFinite } from './first-not-finite.ts'
import { InitialStep } from './initial-step.ts'
import { type Leg, newLeg } from './leg.ts'
import type { ResolvedControl } from './resolve-control.ts'
import { checkConditions, type ResolvedStopping, resolveStopping } from './resolve-stopping.ts'
import { RootMonitor } from './root-monitor.ts'
import { RootResets } from './root-resets.ts'
import { RunCounts } from './run-counts.ts'
import { type RunFailure, RunFailures } from './run-failures.ts'
import { SensitivityStart } from './sensitivity-start.ts'
import { StepController, stepControl } from './step-controller.ts'

/** Attempts in a row that may meet a value that is not finite, each with a quarter of the step before. */
const mostNotFinite = 20
/**
 * Tolerances that the sensitivities of a step may be off by where its states may be off by one. The sensitivities found are
 * then about as exact as the states; one tolerance would take twice the steps for little.
 */
const sensitivityTolerances = 10
/** Attempts in a row that may meet a singular matrix. */
const mostSingular = 20
/** Attempts from one look at the clock to the next. */
const clockEvery = 8
/**
 * Share of a step: so close to its beginning a jump of the right-hand side is met, so far before one a step ends, and so
 * far behind its end its extension leads to one.
 */
const sliver = 1e-6

/**
 * The run of one subject, whoever makes its steps: a scalar stepper, or a lane beside another subject.
 *
 * After `begin`, and as long as `outcome` is null, it wants a step to `end`. It is told the error norm of that attempt
 * by `attempted`, after the step was accepted where the norm is at most 1. A stepper that can may go along its `leg`
 * instead, whereupon `marched` is called. What the run does depends on its own steps alone, and not on which of the two.
 */
export class SubjectRun {
  /** How the run ended; null while it goes on. */
  outcome: Outcome | null = null
  /** Where the next attempt is to end. */
  end = Number.NaN
  t: number
  /** State and sensitivities where the run began, stands at an event, or ended. */
  readonly y: Float64Array
  readonly s: Float64Array | null

  private readonly problem: Problem
  private readonly control: ResolvedControl
  private readonly stopping: ResolvedStopping
  private readonly lane: StepperLane
  private readonly sink: StepSink
  private readonly events: readonly TimeEvent[]
  private readonly controller: StepController = new StepController()
  /** Nobody has to look at every step. */
  private readonly marches: boolean
  private readonly stretch: Leg
  private readonly initialStep: InitialStep
  /** Null where no sensitivities are carried. */
  private readonly sensitivityStart: SensitivityStart | null
  /** Null where there is nothing to watch. */
  private readonly monitor: RootMonitor | null
  private readonly resets: RootResets
  private readonly counts: RunCounts
  private readonly failures: RunFailures
  private readonly startedAt: number
  private nextEvent = 0
  private target = Number.NaN
  private notFiniteCount = 0
  private singularCount = 0
  /** Whether the extension of the last step goes on from `t`. */
  private extends = false

  /** `lane` stays this run's own until it ends; `explicitOnly` serves the advice of messages. */
  constructor(
    problem: Problem,
    control: ResolvedControl,
    stopping: Stopping,
    lane: StepperLane,
    sink: StepSink,
    explicitOnly: boolean,
  ) {
    const { system } = problem
    this.problem = problem
    this.control = control
    this.stopping = resolveStopping(stopping)
    this.lane = lane
    this.sink = sink
    this.counts = new RunCounts(lane)
    this.failures = new RunFailures(problem, control, this.stopping, lane, this.counts, explicitOnly)
    this.events = sortEvents(problem)
    const conditions = stopping.conditions ?? []
    checkConditions(conditions, problem.sensitivities !== undefined)
    const derivative = (t: number, y: Float64Array, dydt: Float64Array) => {
      if (lane.derivative !== undefined) lane.derivative(t, y, dydt)
      else system.derivative(t, y, dydt)
    }
    this.initialStep = new InitialStep(system.dimension, derivative, control.rtol, control.atol)
    this.sensitivityStart =
      lane.parameterCount > 0 && isSensitivitySystem(system)
        ? new SensitivityStart(system, control.rtol, control.atol)
        : null
    this.monitor = conditions.length === 0 ? null : new RootMonitor(conditions, system.dimension)
    this.resets = new RootResets(conditions, system, this.stopping.maxResets, sink, this.failures)
    this.marches = conditions.length === 0 && problem.sensitivities === undefined
    this.stretch = newLeg(problem, control, this.controller, sink)
    this.t = problem.t0
    this.y = problem.y0.slice()
    this.s = problem.sensitivities?.slice() ?? null
    this.startedAt = this.stopping.clock()
  }

  get statistics(): Statistics {
    return this.counts.statistics
  }

  /** Gets the run under way, or ends it. */
  begin(): void {
    this.arrive()
  }

  /** The way to the next event, for a stepper that marches; null where every step has to be looked at. */
  get leg(): Leg | null {
    if (!this.marches) return null
    const { stretch, stopping, control, counts } = this
    const { attempts, steps } = counts
    const { askEvery } = stopping
    const isTimed = stopping.milliseconds < Number.POSITIVE_INFINITY
    const untilClock = isTimed ? clockEvery - (attempts % clockEvery) : Number.POSITIVE_INFINITY
    stretch.target = this.target
    stretch.mostAccepted = stopping.shouldStop === null ? Number.POSITIVE_INFINITY : askEvery - (steps % askEvery)
    stretch.mostAttempts = Math.min(control.maxSteps - attempts, untilClock)
    stretch.mostRejections = Number.POSITIVE_INFINITY
    stretch.watch = null
    return stretch
  }

  /** A stepper came back from its march; where an odd norm stopped it that is at most 1, the step has been accepted. */
  marched(): void {
    const { stretch, lane } = this
    const { accepted, attempts, stop } = stretch
    const isOdd = stop === 'odd'
    this.counts.steps += accepted
    this.counts.rejected += attempts - accepted - (isOdd ? 1 : 0)
    if (accepted > 0) {
      this.notFiniteCount = 0
      this.singularCount = 0
    }
    if (isOdd) {
      this.t = stretch.start
      this.end = stretch.end
      this.attempted(stretch.norm)
      return
    }
    this.t = lane.t
    if (stop === 'small') {
      const { step } = this.controller
      this.failInStep(this.failures.tooSmall(Math.min(step, this.control.maxStep), step, this.t))
      return
    }
    const isThere = stop === 'target'
    if (accepted > 0 && this.isToldToStop()) return
    if (isThere) {
      this.copyState()
      this.arrive()
    } else this.propose()
  }

  /** The attempt had this norm; where it is at most 1, the step has been accepted. */
  attempted(norm: number): void {
    const { controller, lane } = this
    const length = this.end - this.t
    const q = lane.errorOrder + 1
    let worse = norm
    if (norm <= 1) {
      if (lane.parameterCount > 0) worse = this.withSensitivities(norm)
      if (worse <= 1) {
        this.notFiniteCount = 0
        this.singularCount = 0
        this.accepted(length, worse, q)
        return
      }
      const broken = this.notFiniteCount < mostNotFinite || lane.s === null ? -1 : firstNotFinite(lane.s)
      const failure = broken < 0 ? null : this.failures.brokenSensitivity(broken, this.end)
      if (this.s !== null) lane.start(this.t, this.y, this.s)
      if (failure !== null) {
        this.failInStep(failure)
        return
      }
    }
    this.counts.rejected++
    if (lane.singular) {
      if (++this.singularCount > mostSingular) {
        this.failInStep(this.failures.singularMatrix(length, this.t))
        return
      }
    } else if (!(worse < Number.POSITIVE_INFINITY) && ++this.notFiniteCount > mostNotFinite) {
      this.failInStep(this.failures.notFinite(length, this.t))
      return
    }
    controller.rejected(length, worse, q)
    const { step } = controller
    if (!(this.t + step - this.t >= this.leastStep())) {
      if (this.meetsJump()) return
      if (lane.singular) this.failInStep(this.failures.singularMatrix(step, this.t))
      else if (norm <= 1) this.failInStep(this.failures.tooSmallForSensitivities(step, this.t))
      else if (norm < Number.POSITIVE_INFINITY) this.failInStep(this.failures.tooSmall(step, step, this.t))
      else this.failInStep(this.failures.notFinite(step, this.t))
      return
    }
    const attempted = this.end
    this.propose()
    this.stopBeforeJump(attempted)
  }

  /** Goes to a jump of the right-hand side in the last attempt, which is too short to be made shorter. */
  private meetsJump(): boolean {
    const { monitor, t, end, sink } = this
    if (monitor === null || !monitor.hasJumps || !this.extends) return false
    const jump = monitor.locateBehind(t, end, sink)
    if (!(jump >= t)) return false
    this.meetRoot(jump, monitor)
    return true
  }

  /** Where a jump of the right-hand side seems to be why the last attempt failed, the next ends a little before it. */
  private stopBeforeJump(attempted: number): void {
    const { monitor, t } = this
    if (monitor === null || !monitor.hasJumps || !this.extends || this.outcome !== null) return
    const root = monitor.foresee(t, attempted, this.sink)
    const end = root - 0.5 * sliver * (root - t)
    if (end < this.end && end - t >= this.leastStep()) this.end = end
  }

  private accepted(length: number, norm: number, q: number): void {
    const { lane, sink, monitor, end } = this
    const start = this.t
    this.counts.steps++
    this.t = end
    sink.step(lane, start, end)
    if (monitor !== null) {
      const root = monitor.locate(start, end, sink, end === this.problem.t1)
      if (root >= start) {
        const reach = root - start
        // an end before the root must be another number
        const isApart = sliver * reach > 8 * Number.EPSILON * Math.abs(root)
        if (isApart && reach > sliver * length && monitor.jumpsAtRoot()) this.takeAgain(start, root, monitor)
        else this.meetRoot(root, monitor)
        return
      }
      this.extends = true
      if (monitor.hasJumps && end < this.target) {
        const reach = Math.max(sliver * length, 2 * this.leastStep())
        const jump = monitor.locateBehind(end, Math.min(end + reach, this.target), sink)
        if (jump >= end) {
          this.meetRoot(jump, monitor)
          return
        }
      }
    }
    sink.passed(end)
    const isThere = end === this.target
    if (this.isToldToStop()) return
    if (isThere) {
      this.copyState()
      this.arrive()
      return
    }
    this.controller.accepted(length, norm, q, lane.longestStep)
    if (this.s !== null) this.copyState()
    this.propose()
  }

  /** The error norm of a step whose states have this one, with that of its sensitivities. */
  private withSensitivities(norm: number): number {
    return Math.max(norm, this.lane.sensitivityNorm() / sensitivityTolerances)
  }

  /** Takes the last step again from where it began, to end a little before the root at which the right-hand side jumps. */
  private takeAgain(start: number, root: number, monitor: RootMonitor): void {
    const { lane, sink, y, s } = this
    sink.evaluate(start, 0, y)
    if (s !== null) sink.evaluate(start, y.length, s)
    sink.withdraw()
    monitor.forget()
    this.extends = false
    this.counts.steps--
    this.counts.rejected++
    this.t = start
    lane.start(start, y, s)
    this.controller.begin(root - start)
    this.propose()
    const end = root - 0.5 * sliver * (root - start)
    if (this.outcome === null && this.end > end) this.end = end
  }

  /** Ends the run where its caller wants that. */
  private isToldToStop(): boolean {
    const { shouldStop, askEvery } = this.stopping
    if (shouldStop === null || this.counts.steps % askEvery !== 0 || !shouldStop()) return false
    this.copyState()
    this.finish({ status: 'stopped', t: this.t })
    return true
  }

  /** Goes on from `t`, with (y, s) there before the events of that time. */
  private arrive(): void {
    const { problem, events, sink, monitor, t, y, s } = this
    const first = t === problem.t0 && this.counts.steps === 0
    let jumped = false
    for (let event = events[this.nextEvent]; event !== undefined && event.t === t; event = events[++this.nextEvent]) {
      event.apply(t, y, s)
      sink.event(t)
      jumped = true
    }
    const broken = firstNotFinite(y)
    if (broken >= 0) {
      this.fail(this.failures.brokenState(broken, t, y, jumped ? 'after an event' : 'from the start'))
      return
    }
    if (monitor !== null) {
      if (first) monitor.start(t, y)
      else if (jumped && monitor.jump(t, y) && !this.changeState(monitor, false)) return
    }
    this.goOn()
  }

  /** The first root in the last step is at `t`. */
  private meetRoot(t: number, monitor: RootMonitor): void {
    const { sink, y, s } = this
    sink.passed(t)
    this.t = t
    sink.evaluate(t, 0, y)
    if (s !== null) sink.evaluate(t, y.length, s)
    if (!this.changeState(monitor, true)) return
    if (this.stopping.shouldStop?.() === true) this.finish({ status: 'stopped', t })
    else this.arriveAfterRoot()
  }

  private arriveAfterRoot(): void {
    if (this.events[this.nextEvent]?.t === this.t) this.arrive()
    else this.goOn()
  }

  /** Does what the conditions that fired want; whether the run goes on. */
  private changeState(monitor: RootMonitor, moves: boolean): boolean {
    const end = this.resets.apply(monitor, this.t, this.y, this.s, moves)
    if (end === null) return true
    if ('status' in end) this.finish(end)
    else this.fail(end)
    return false
  }

  /** Starts the method at (t, y, s), where all is settled, towards the next event, or ends the run at t1. */
  private goOn(): void {
    const { problem, control, lane, sink, t, y, s } = this
    if (t === problem.t1) {
      this.finish({ status: 'finished', t })
      return
    }
    sink.settled(t, y, s)
    const target = this.events[this.nextEvent]?.t ?? problem.t1
    this.target = target
    this.notFiniteCount = 0
    this.singularCount = 0
    this.extends = false
    const least = this.leastStep()
    let h = target - t <= least ? target - t : control.initialStep
    if (!(h > 0)) {
      h = this.initialStep.estimate(t, y, lane.order, target - t)
      this.counts.startEvaluations += 2
      if (!(h > 0)) {
        this.fail(this.failures.brokenDerivative(this.initialStep.firstNotFinite(), t, y))
        return
      }
      if (s !== null) h = this.sensitivityStart?.estimate(t, y, s, lane.order, h) ?? h
    }
    lane.start(t, y, s)
    // twice the least: t + least may round to less
    this.controller.begin(Math.max(h, 2 * least))
    this.propose()
  }

  /** Settles where the next attempt ends. */
  private propose(): void {
    const { control, stopping, target, t } = this
    const { attempts } = this.counts
    if (attempts >= control.maxSteps) {
      this.failInStep(this.failures.tooManySteps(t))
      return
    }
    if (attempts % clockEvery === 0 && stopping.clock() - this.startedAt > stopping.milliseconds) {
      this.failInStep(this.failures.tooLate(t))
      return
    }
    const left = target - t
    const h = Math.min(this.controller.step, control.maxStep)
    // Neither a sliver at the end nor a last step much shorter than the one before it.
    const least = this.leastStep()
    const end = h * stepControl.stretch >= left || left < 2 * least ? target : h * 2 > left ? t + 0.5 * left : t + h
    if (end < target && !(end - t >= least)) {
      this.failInStep(this.failures.tooSmall(h, this.controller.step, this.t))
      return
    }
    this.end = end
  }

  /** Below this a step is lost in the rounding of t, or of the whole interval where t is near 0. */
  private leastStep(): number {
    return Math.max(stepControl.resolution * Math.abs(this.t), this.stretch.shortest)
  }

  private copyState(): void {
    this.y.set(this.lane.y)
    if (this.s !== null && this.lane.s !== null) this.s.set(this.lane.s)
  }

  private finish(outcome: Outcome): void {
    this.sink.settled(this.t, this.y, this.s)
    this.outcome = outcome
  }

  private fail(failure: RunFailure): void {
    this.finish({ status: 'failed', t: this.t, y: this.y.slice(), ...failure })
  }

  /** As `fail`, where the lane is ahead of the state kept here. */
  private failInStep(failure: RunFailure): void {
    this.copyState()
    this.fail(failure)
  }
}
