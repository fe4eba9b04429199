import type { RootCondition, Statistics, Stopping } from '../options.ts'
import type { Failure, Outcome } from '../outcome.ts'
import type { StepSink } from '../output/step-sink.ts'
import type { Problem, TimeEvent } from '../problem.ts'
import type { StepperLane } from '../steppers/stepper.ts'
import { sortEvents } from './check-problem.ts'
import * as messages from './failure-messages.ts'
import { InitialStep } from './initial-step.ts'
import type { Leg } from './leg.ts'
import type { ResolvedControl } from './resolve-control.ts'
import { checkConditions, type ResolvedStopping, resolveStopping } from './resolve-stopping.ts'
import { RootMonitor } from './root-monitor.ts'
import { shiftSensitivities } from './shift-sensitivities.ts'
import { StepController, stepControl } from './step-controller.ts'

/** Attempts in a row that may meet a value that is not finite, each with a quarter of the step before. */
const mostNotFinite = 20
/** Attempts in a row that may meet a singular matrix. */
const mostSingular = 20
/** Attempts from one look at the clock to the next. */
const clockEvery = 8
/** Share of a step: so close to its beginning a jump of the right-hand side is met, and so far before one a step ends. */
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
  private readonly explicitOnly: boolean
  private readonly events: readonly TimeEvent[]
  private readonly conditions: readonly RootCondition[]
  private readonly controller: StepController = new StepController()
  /** Nobody has to look at every step. */
  private readonly marches: boolean
  private readonly stretch: Leg
  private readonly initialStep: InitialStep
  /** Null where there is nothing to watch. */
  private readonly monitor: RootMonitor | null
  private readonly changed: Uint8Array
  private readonly before: {
    readonly rhs: number
    readonly jacobians: number
    readonly decompositions: number
    readonly pivotFallbacks: number
  }
  private readonly startedAt: number
  private nextEvent = 0
  private target = Number.NaN
  private notFiniteCount = 0
  private singularCount = 0
  private resets = 0
  private steps = 0
  private rejected = 0
  private startEvaluations = 0

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
    this.explicitOnly = explicitOnly
    this.events = sortEvents(problem)
    this.conditions = stopping.conditions ?? []
    checkConditions(this.conditions, problem.sensitivities !== undefined)
    const derivative = (t: number, y: Float64Array, dydt: Float64Array) => {
      if (lane.derivative !== undefined) lane.derivative(t, y, dydt)
      else system.derivative(t, y, dydt)
    }
    this.initialStep = new InitialStep(system.dimension, derivative, control.rtol, control.atol)
    this.monitor = this.conditions.length === 0 ? null : new RootMonitor(this.conditions, system.dimension)
    this.changed = new Uint8Array(this.conditions.length)
    this.marches = this.conditions.length === 0 && problem.sensitivities === undefined
    this.stretch = {
      target: Number.NaN,
      maxStep: control.maxStep,
      shortest: 1e-30 * (problem.t1 - problem.t0),
      mostAccepted: Number.POSITIVE_INFINITY,
      mostAttempts: Number.POSITIVE_INFINITY,
      mostRejections: Number.POSITIVE_INFINITY,
      watch: null,
      controller: this.controller,
      sink,
      accepted: 0,
      attempts: 0,
      stop: 'limit',
      start: Number.NaN,
      end: Number.NaN,
      norm: Number.NaN,
    }
    this.t = problem.t0
    this.y = problem.y0.slice()
    this.s = problem.sensitivities?.slice() ?? null
    this.before = {
      rhs: lane.rhsEvaluations,
      jacobians: lane.jacobianEvaluations,
      decompositions: lane.decompositions,
      pivotFallbacks: lane.pivotFallbacks ?? 0,
    }
    this.startedAt = this.stopping.clock()
  }

  get statistics(): Statistics {
    const { lane, before } = this
    return {
      steps: this.steps,
      rejected: this.rejected,
      rhsEvaluations: lane.rhsEvaluations - before.rhs + this.startEvaluations,
      jacobianEvaluations: lane.jacobianEvaluations - before.jacobians,
      decompositions: lane.decompositions - before.decompositions,
      pivotFallbacks: (lane.pivotFallbacks ?? 0) - before.pivotFallbacks,
    }
  }

  /** Gets the run under way, or ends it. */
  begin(): void {
    this.arrive()
  }

  /** The way to the next event, for a stepper that marches; null where every step has to be looked at. */
  get leg(): Leg | null {
    if (!this.marches) return null
    const { stretch, stopping, control } = this
    const attempts = this.steps + this.rejected
    const { askEvery } = stopping
    const isTimed = stopping.milliseconds < Number.POSITIVE_INFINITY
    const untilClock = isTimed ? clockEvery - (attempts % clockEvery) : Number.POSITIVE_INFINITY
    stretch.target = this.target
    stretch.mostAccepted = stopping.shouldStop === null ? Number.POSITIVE_INFINITY : askEvery - (this.steps % askEvery)
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
    this.steps += accepted
    this.rejected += attempts - accepted - (isOdd ? 1 : 0)
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
      this.tooSmall(Math.min(this.controller.step, this.control.maxStep))
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
    if (norm <= 1) {
      this.notFiniteCount = 0
      this.singularCount = 0
      this.accepted(length, norm, q)
      return
    }
    this.rejected++
    if (lane.singular) {
      if (++this.singularCount > mostSingular) {
        this.singularMatrix(length)
        return
      }
    } else if (!(norm < Number.POSITIVE_INFINITY) && ++this.notFiniteCount > mostNotFinite) {
      this.notFinite(length)
      return
    }
    controller.rejected(length, norm, q)
    const { step } = controller
    if (!(this.t + step - this.t >= this.leastStep())) {
      if (lane.singular) this.singularMatrix(step)
      else if (norm < Number.POSITIVE_INFINITY) this.tooSmall(step)
      else this.notFinite(step)
      return
    }
    this.propose()
  }

  private accepted(length: number, norm: number, q: number): void {
    const { lane, sink, monitor, end } = this
    const start = this.t
    this.steps++
    this.t = end
    sink.step(lane, start, end)
    const broken = lane.s === null ? -1 : firstNotFinite(lane.s)
    if (broken >= 0) {
      sink.passed(end)
      this.brokenSensitivity(broken)
      return
    }
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
    this.propose()
  }

  /** Takes the last step again from where it began, to end a little before the root at which the right-hand side jumps. */
  private takeAgain(start: number, root: number, monitor: RootMonitor): void {
    const { lane, sink, y, s } = this
    sink.evaluate(start, 0, y)
    if (s !== null) sink.evaluate(start, y.length, s)
    sink.withdraw()
    monitor.forget()
    this.steps--
    this.rejected++
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
    if (shouldStop === null || this.steps % askEvery !== 0 || !shouldStop()) return false
    this.copyState()
    this.finish({ status: 'stopped', t: this.t })
    return true
  }

  /** Goes on from `t`, with (y, s) there before the events of that time. */
  private arrive(): void {
    const { problem, events, sink, monitor, t, y, s } = this
    const first = t === problem.t0 && this.steps === 0
    let jumped = false
    for (let event = events[this.nextEvent]; event !== undefined && event.t === t; event = events[++this.nextEvent]) {
      event.apply(t, y, s)
      sink.event(t)
      jumped = true
    }
    const broken = firstNotFinite(y)
    if (broken >= 0) {
      this.brokenState(broken, jumped ? 'after an event' : 'from the start')
      return
    }
    if (monitor !== null) {
      if (first) monitor.start(t, y)
      else if (jumped && monitor.jump(t, y)) {
        this.changed.fill(0)
        this.changeState(monitor, false)
        if (this.outcome !== null) return
      }
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
    this.changed.fill(0)
    this.changeState(monitor, true)
    if (this.outcome !== null) return
    if (this.stopping.shouldStop?.() === true) this.finish({ status: 'stopped', t })
    else this.arriveAfterRoot()
  }

  private arriveAfterRoot(): void {
    if (this.events[this.nextEvent]?.t === this.t) this.arrive()
    else this.goOn()
  }

  /**
   * Does what the conditions that fired want, and those whose sign that changes in turn. `moves`: the time of the root
   * moves with the parameters, in contrast to that of a jump at a time event.
   */
  private changeState(monitor: RootMonitor, moves: boolean): void {
    const { conditions, changed, problem, sink, t, y, s } = this
    let any = true
    while (any) {
      for (let index = 0; index < conditions.length; index++) {
        if (monitor.fired[index] === 0 || changed[index] === 1) continue
        const condition = conditions[index]!
        if (condition.apply === undefined) {
          this.finish({ status: 'event', t, index })
          return
        }
        if (this.resets >= this.stopping.maxResets) {
          this.tooManyResets()
          return
        }
        this.resets++
        changed[index] = 1
        if (moves && s !== null) shiftSensitivities(condition, problem.system, t, y, s)
        else condition.apply(t, y, s)
        sink.event(t)
        const broken = firstNotFinite(y)
        if (broken >= 0) {
          this.brokenState(broken, `after root condition ${index}`)
          return
        }
      }
      any = monitor.settle(t, y, changed)
    }
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
    const least = this.leastStep()
    let h = target - t <= least ? target - t : control.initialStep
    if (!(h > 0)) {
      h = this.initialStep.estimate(t, y, lane.order, target - t)
      this.startEvaluations += 2
      if (!(h > 0)) {
        const index = this.initialStep.firstNotFinite()
        this.fail(
          'non-finite',
          `the derivative of ${this.name(index)} is not finite at t = ${t}, where ${this.name(index)} = ${y[index]}`,
        )
        return
      }
    }
    lane.start(t, y, s)
    // twice the least: t + least may round to less
    this.controller.begin(Math.max(h, 2 * least))
    this.propose()
  }

  /** Settles where the next attempt ends. */
  private propose(): void {
    const { control, stopping, target, t } = this
    const attempts = this.steps + this.rejected
    if (attempts >= control.maxSteps) {
      this.tooManySteps()
      return
    }
    if (attempts % clockEvery === 0 && stopping.clock() - this.startedAt > stopping.milliseconds) {
      this.tooLate()
      return
    }
    const left = target - t
    const h = Math.min(this.controller.step, control.maxStep)
    // Neither a sliver at the end nor a last step much shorter than the one before it.
    const least = this.leastStep()
    const end = h * stepControl.stretch >= left || left < 2 * least ? target : h * 2 > left ? t + 0.5 * left : t + h
    if (end < target && !(end - t >= least)) {
      this.tooSmall(h)
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

  /** The state as its user knows it. */
  private name(index: number): string {
    return this.problem.stateNames?.[index] ?? `state ${index}`
  }

  private fail(reason: Failure, message: string): void {
    this.finish({ status: 'failed', reason, t: this.t, y: this.y.slice(), message })
  }

  /** As `fail`, where the lane is ahead of the state kept here. */
  private failInStep(reason: Failure, message: string): void {
    this.copyState()
    this.fail(reason, message)
  }

  private tooManySteps(): void {
    const { t, problem, control, rejected, explicitOnly } = this
    this.failInStep('max-steps', messages.tooManySteps(control.maxSteps, rejected, t, problem.t1, explicitOnly))
  }

  private tooLate(): void {
    const { t, problem, stopping, steps } = this
    this.failInStep('deadline', messages.tooLate(stopping.milliseconds, steps, t, problem.t1))
  }

  private tooManyResets(): void {
    this.fail('event-limit', messages.tooManyResets(this.resets, this.t))
  }

  private tooSmall(h: number): void {
    const { t, control } = this
    const isAsked = control.maxStep < this.controller.step
    const message = isAsked ? messages.maxStepTooSmall(control.maxStep, t) : messages.stepTooSmall(h, t, this.worst())
    this.failInStep('step-size', message)
  }

  private notFinite(h: number): void {
    this.failInStep('non-finite', messages.notFinite(h, this.t, this.worst()))
  }

  private singularMatrix(h: number): void {
    this.failInStep('singular-matrix', messages.singularMatrix(h, this.t))
  }

  /** The state to blame for the last attempt. */
  private worst(): messages.NamedValue {
    const index = this.lane.worst()
    return { name: this.name(index), value: this.lane.y[index]! }
  }

  private brokenState(index: number, when: string): void {
    this.fail('non-finite', `${this.name(index)} is ${this.y[index]} at t = ${this.t}, ${when}`)
  }

  private brokenSensitivity(index: number): void {
    const n = this.y.length
    this.failInStep(
      'non-finite',
      `the sensitivity of ${this.name(index % n)} to parameter ${Math.floor(index / n)} is ${this.lane.s?.[index]} at t = ${this.t}`,
    )
  }
}

function firstNotFinite(v: Float64Array): number {
  for (let i = 0; i < v.length; i++) if (!Number.isFinite(v[i]!)) return i
  return -1
}
