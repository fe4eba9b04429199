import type { Failure } from '../outcome.ts'
import type { Problem } from '../problem.ts'
import type { StepperLane } from '../steppers/stepper.ts'
import * as messages from './failure-messages.ts'
import type { ResolvedControl } from './resolve-control.ts'
import type { ResolvedStopping } from './resolve-stopping.ts'
import type { RunCounts } from './run-counts.ts'

/** Why a run cannot go on. */
export interface RunFailure {
  readonly reason: Failure
  readonly message: string
}

/** The ways in which a run may fail, with its numbers and the names of its states. */
export class RunFailures {
  private readonly problem: Problem
  private readonly control: ResolvedControl
  private readonly stopping: ResolvedStopping
  private readonly lane: StepperLane
  private readonly counts: RunCounts
  private readonly explicitOnly: boolean

  /** `explicitOnly` serves the advice of messages. */
  constructor(
    problem: Problem,
    control: ResolvedControl,
    stopping: ResolvedStopping,
    lane: StepperLane,
    counts: RunCounts,
    explicitOnly: boolean,
  ) {
    this.problem = problem
    this.control = control
    this.stopping = stopping
    this.lane = lane
    this.counts = counts
    this.explicitOnly = explicitOnly
  }

  tooManySteps(t: number): RunFailure {
    const { problem, control, counts, explicitOnly } = this
    const message = messages.tooManySteps(control.maxSteps, counts.rejected, t, problem.t1, explicitOnly)
    return { reason: 'max-steps', message }
  }

  tooLate(t: number): RunFailure {
    const { problem, stopping, counts } = this
    return { reason: 'deadline', message: messages.tooLate(stopping.milliseconds, counts.steps, t, problem.t1) }
  }

  tooManyResets(t: number): RunFailure {
    return { reason: 'event-limit', message: messages.tooManyResets(this.stopping.maxResets, t) }
  }

  /** A step `h` would be lost in the rounding of time, where `wanted` is what step control asks for. */
  tooSmall(h: number, wanted: number, t: number): RunFailure {
    const { maxStep } = this.control
    const message = maxStep < wanted ? messages.maxStepTooSmall(maxStep, t) : messages.stepTooSmall(h, t, this.worst())
    return { reason: 'step-size', message }
  }

  /** A step `h` that the sensitivities ask for would be lost in the rounding of time. */
  tooSmallForSensitivities(h: number, t: number): RunFailure {
    return { reason: 'step-size', message: messages.stepTooSmallForSensitivities(h, t) }
  }

  notFinite(h: number, t: number): RunFailure {
    return { reason: 'non-finite', message: messages.notFinite(h, t, this.worst()) }
  }

  singularMatrix(h: number, t: number): RunFailure {
    return { reason: 'singular-matrix', message: messages.singularMatrix(h, t) }
  }

  /** The derivative of a state is not finite. */
  brokenDerivative(index: number, t: number, y: Float64Array): RunFailure {
    const name = this.name(index)
    const message = `the derivative of ${name} is not finite at t = ${t}, where ${name} = ${y[index]}`
    return { reason: 'non-finite', message }
  }

  brokenState(index: number, t: number, y: Float64Array, when: string): RunFailure {
    return { reason: 'non-finite', message: `${this.name(index)} is ${y[index]} at t = ${t}, ${when}` }
  }

  /** `index`: an entry of the lane's sensitivities. */
  brokenSensitivity(index: number, t: number): RunFailure {
    const n = this.lane.y.length
    const what = `the sensitivity of ${this.name(index % n)} to parameter ${Math.floor(index / n)}`
    return { reason: 'non-finite', message: `${what} is ${this.lane.s?.[index]} at t = ${t}` }
  }

  /** The state as its user knows it. */
  private name(index: number): string {
    return this.problem.stateNames?.[index] ?? `state ${index}`
  }

  /** The state to blame for the last attempt. */
  private worst(): messages.NamedValue {
    const index = this.lane.worst()
    return { name: this.name(index), value: this.lane.y[index]! }
  }
}
