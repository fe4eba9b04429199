import { AutoStepper } from './auto-stepper.ts'
import { checkProblem, sortEvents } from './check-problem.ts'
import { createStepper } from './create-stepper.ts'
import { InitialStep } from './initial-step.ts'
import type { Method } from './method.ts'
import type { Statistics, StepControl, Stopping } from './options.ts'
import type { Failure, Outcome } from './outcome.ts'
import type { Problem } from './problem.ts'
import { type ResolvedControl, resolveControl } from './resolve-control.ts'
import { rodas5p } from './rodas5p.ts'
import { RootMonitor } from './root-monitor.ts'
import { stabilityBoundary } from './stability-boundary.ts'
import { StepController } from './step-controller.ts'
import type { Stepper, StepperFactory } from './stepper.ts'
import type { SensitivitySystem } from './system.ts'
import type { Trajectory } from './trajectory.ts'
import { TrajectoryRecorder } from './trajectory-recorder.ts'
import { tsit5 } from './tsit5.ts'

/** What an integration gives: how it ended, the solution up to there, and the work done. */
export interface Solution {
  readonly outcome: Outcome
  readonly trajectory: Trajectory
  readonly statistics: Statistics
}

/** Attempts in a row that may meet a value that is not finite, each with a quarter of the step before. */
const mostNotFinite = 20
/** Attempts in a row that may meet a singular matrix. */
const mostSingular = 20

/**
 * Integrates a problem.
 *
 * `method` 'auto' starts explicit (Tsit5), turns to Rodas5P where the problem is stiff and back where it is not.
 *
 * Misuse (shapes, times, options) throws a RangeError or TypeError; numerical failure is an outcome. `makeStepper` lets
 * a caller run compiled steppers of the same methods.
 */
export function integrate(
  problem: Problem,
  method: Method | 'auto',
  control: StepControl = {},
  stopping: Stopping = {},
  makeStepper: StepperFactory = createStepper,
): Solution {
  return new Run(problem, method, control, stopping, makeStepper).solve()
}

class Run {
  private readonly problem: Problem
  private readonly control: ResolvedControl
  private readonly stopping: Stopping
  private readonly stepper: Stepper
  private readonly explicitOnly: boolean
  private readonly controller = new StepController()
  private readonly initialStep: InitialStep
  private readonly recorder: TrajectoryRecorder
  private readonly monitor: RootMonitor
  private readonly y: Float64Array
  private readonly s: Float64Array | null
  private t: number
  private steps = 0
  private rejected = 0
  private startEvaluations = 0

  constructor(
    problem: Problem,
    method: Method | 'auto',
    control: StepControl,
    stopping: Stopping,
    makeStepper: StepperFactory,
  ) {
    const sensitivities = checkProblem(problem)
    const { system } = problem
    this.problem = problem
    this.control = resolveControl(control, system.dimension)
    this.stopping = stopping
    this.explicitOnly = method !== 'auto' && method.kind === 'explicit'
    this.stepper = stepperFor(method, problem, this.control, sensitivities, makeStepper)
    this.initialStep = new InitialStep(system, this.control.rtol, this.control.atol)
    this.t = problem.t0
    this.y = problem.y0.slice()
    this.s = problem.sensitivities?.slice() ?? null
    this.recorder = new TrajectoryRecorder(
      system.dimension,
      this.stepper.parameterCount,
      this.stepper.denseRows,
      this.y,
      this.s,
    )
    this.monitor = new RootMonitor(stopping.conditions ?? [], system.dimension)
  }

  solve(): Solution {
    const outcome = this.run()
    const { stepper, recorder, problem, y, s } = this
    return {
      outcome,
      trajectory: recorder.finish(problem.t0, outcome.t, y, s),
      statistics: {
        steps: this.steps,
        rejected: this.rejected,
        rhsEvaluations: stepper.rhsEvaluations + this.startEvaluations,
        jacobianEvaluations: stepper.jacobianEvaluations,
        decompositions: stepper.decompositions,
      },
    }
  }

  private run(): Outcome {
    const { problem, monitor, y, s } = this
    const { t0, t1 } = problem
    const events = sortEvents(problem)
    let next = 0
    for (;;) {
      let jumped = false
      for (let event = events[next]; event !== undefined && event.t === this.t; event = events[++next]) {
        event.apply(this.t, y, s)
        this.recorder.event(this.t)
        jumped = true
      }
      const broken = firstNotFinite(y)
      if (broken >= 0) {
        return this.failure(
          'non-finite',
          `${this.name(broken)} is ${y[broken]} at t = ${this.t}, ${jumped ? 'after an event' : 'from the start'}`,
        )
      }
      if (this.t === t0) monitor.start(this.t, y)
      else if (jumped && monitor.jump(this.t, y)) return { status: 'event', t: this.t, index: monitor.index }
      if (this.t === t1) return { status: 'finished', t: t1 }
      const ended = this.advance(events[next]?.t ?? t1)
      if (ended !== null) return ended
    }
  }

  /** Steps to `target` exactly; an outcome when the run ends before or there. */
  private advance(target: number): Outcome | null {
    const { stepper, control, controller, y, s } = this
    stepper.start(this.t, y, s)
    controller.reset()
    let h = target - this.t <= leastStep(this.t, this.problem) ? target - this.t : control.initialStep
    if (!(h > 0)) {
      h = this.initialStep.estimate(this.t, y, stepper.order, target - this.t)
      this.startEvaluations += 2
      if (!(h > 0)) {
        const index = this.initialStep.firstNotFinite()
        return this.failure(
          'non-finite',
          `the derivative of ${this.name(index)} is not finite at t = ${this.t}, where ${this.name(index)} = ${y[index]}`,
        )
      }
    }
    h = Math.max(h, leastStep(this.t, this.problem))
    let notFinite = 0
    let singular = 0
    for (;;) {
      if (this.steps + this.rejected >= control.maxSteps) return this.tooManySteps()
      const start = this.t
      const left = target - start
      h = Math.min(h, control.maxStep)
      // Neither a sliver at the end nor a last step much shorter than the one before it.
      const end = h * 1.01 >= left ? target : h * 2 > left ? start + 0.5 * left : start + h
      if (end < target && !(end - start >= leastStep(start, this.problem))) return this.tooSmall(h)
      const length = end - start
      const norm = stepper.attempt(end)
      const q = stepper.errorOrder + 1
      if (norm <= 1) {
        notFinite = 0
        singular = 0
        const ended = this.accept(start, end)
        if (ended !== null) return ended
        if (end === target) return null
        h = controller.accepted(length, norm, q)
        continue
      }
      this.rejected++
      if (stepper.singular) {
        if (++singular > mostSingular) return this.singularMatrix(length)
      } else if (!(norm < Number.POSITIVE_INFINITY) && ++notFinite > mostNotFinite) return this.notFinite(length)
      h = controller.rejected(length, norm, q)
      if (!(start + h - start >= leastStep(start, this.problem))) {
        if (stepper.singular) return this.singularMatrix(h)
        return norm < Number.POSITIVE_INFINITY ? this.tooSmall(h) : this.notFinite(h)
      }
    }
  }

  private accept(start: number, end: number): Outcome | null {
    const { stepper, recorder, y, s, stopping } = this
    stepper.accept()
    recorder.reserve()
    stepper.dense(recorder.chunk, recorder.offset)
    recorder.keep(start, end)
    this.steps++
    this.t = end
    y.set(stepper.y)
    if (s !== null && stepper.s !== null) {
      s.set(stepper.s)
      const broken = firstNotFinite(s)
      if (broken >= 0) {
        const n = y.length
        return this.failure(
          'non-finite',
          `the sensitivity of ${this.name(broken % n)} to parameter ${Math.floor(broken / n)} is ${s[broken]} at t = ${end}`,
        )
      }
    }
    const root = this.monitor.locate(start, end, recorder)
    if (root >= start) return { status: 'event', t: root, index: this.monitor.index }
    if (stopping.shouldStop?.() === true) return { status: 'stopped', t: end }
    return null
  }

  /** The state as its user knows it. */
  private name(index: number): string {
    return this.problem.stateNames?.[index] ?? `state ${index}`
  }

  private failure(reason: Failure, message: string): Outcome {
    return { status: 'failed', reason, t: this.t, y: this.y.slice(), message }
  }

  private tooManySteps(): Outcome {
    const { t, problem, control } = this
    return this.failure(
      'max-steps',
      `${control.maxSteps} steps (${this.rejected} of them rejected) reached t = ${t} of ${problem.t1}; ` +
        `raise maxSteps or loosen rtol or atol${this.explicitOnly ? ', or take a stiff method such as rodas5p' : ''}`,
    )
  }

  private tooSmall(h: number): Outcome {
    const index = this.stepper.worst()
    return this.failure(
      'step-size',
      `the step fell to ${h} at t = ${this.t}, where ${this.name(index)} = ${this.y[index]} dominates the error; ` +
        'the solution may grow without bound or its equations may jump here: put an event at the jump, or loosen the tolerances',
    )
  }

  private notFinite(h: number): Outcome {
    const index = this.stepper.worst()
    return this.failure(
      'non-finite',
      `steps down to ${h} from t = ${this.t} gave values that are not finite, first in ${this.name(index)}, ` +
        `which is ${this.y[index]} there`,
    )
  }

  private singularMatrix(h: number): Outcome {
    return this.failure(
      'singular-matrix',
      `I/(hγ) − ∂f/∂y has no inverse in double precision at t = ${this.t} with steps down to h = ${h}; ` +
        'the Jacobian may be too large or wrong: check its entries, or take an explicit method such as tsit5',
    )
  }
}

function stepperFor(
  method: Method | 'auto',
  problem: Problem,
  tolerances: ResolvedControl,
  sensitivities: SensitivitySystem | null,
  makeStepper: StepperFactory,
): Stepper {
  const make = (one: Method) => makeStepper(one, problem.system, tolerances, sensitivities)
  return method === 'auto' ? new AutoStepper(make(tsit5), make(rodas5p), stabilityBoundary(tsit5)) : make(method)
}

/** Below this a step is lost in the rounding of t, or of the whole interval where t is near 0. */
function leastStep(t: number, problem: Problem): number {
  return Math.max(16 * Number.EPSILON * Math.abs(t), 1e-30 * (problem.t1 - problem.t0))
}

function firstNotFinite(v: Float64Array): number {
  for (let i = 0; i < v.length; i++) if (!Number.isFinite(v[i]!)) return i
  return -1
}
