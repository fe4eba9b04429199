import type { StepperLane } from '../steppers/stepper.ts'
import { evaluateDense, evaluateDenseEntries } from './dense-output.ts'
import type { StepSink } from './step-sink.ts'

/** Times at which a solution is wanted, given while the run goes on, so that no trajectory is kept. */
export interface GridOutput {
  /** Ascending, within [t0, t1]; a time may be repeated. */
  readonly times: Float64Array
  /**
   * Takes the state (length n) and the sensitivities (m × n, parameter-major, null when none are carried) at
   * `times[index]`, for index 0, 1, 2 … as far as the run comes. At the time of an event it is the state after all
   * events of that time. The arrays are the solver's own: copy what is to be kept, change nothing.
   */
  readonly receive: (index: number, y: Float64Array, s: Float64Array | null) => void
  /**
   * Takes the states at `count` times from `times[index]` on, n numbers each, from `offset` in `states`, where several are
   * at hand at once; without it `receive` takes them one by one.
   */
  readonly receiveStates?: (index: number, count: number, states: Float64Array, offset: number) => void
}

/** Throws a RangeError when the times of a grid are not ascending or not in [t0, t1]. */
export function checkGrid({ times }: GridOutput, t0: number, t1: number): void {
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!
    if (!(t >= t0 && t <= t1)) throw new RangeError(`output ${i} is at t = ${t}, outside [t0, t1] = [${t0}, ${t1}]`)
    if (i > 0 && t < times[i - 1]!) {
      throw new RangeError(`output ${i} at t = ${t} precedes output ${i - 1} at t = ${times[i - 1]}; sort the outputs`)
    }
  }
}

/** Gives the solution on a grid from the continuous extension of each step, asked for only where it is needed. */
export class GridSink implements StepSink {
  readonly times: Float64Array
  reached = 0
  private readonly output: GridOutput
  private readonly width: number
  private readonly rows: number
  private readonly coefficients: Float64Array
  private readonly y: Float64Array
  private readonly s: Float64Array | null
  private readonly watched: boolean
  private start = 0
  private end = 0

  /** `watched`: the last step can be evaluated by others, too. */
  constructor(output: GridOutput, lane: StepperLane, watched: boolean) {
    const n = lane.dimension
    this.times = output.times
    this.output = output
    this.rows = lane.denseRows
    this.width = n * (1 + lane.parameterCount)
    this.coefficients = new Float64Array((2 + this.rows) * this.width)
    this.y = new Float64Array(n)
    this.s = lane.s === null ? null : new Float64Array(this.width - n)
    this.watched = watched
  }

  step(lane: StepperLane, start: number, end: number): void {
    this.start = start
    this.end = end
    if (this.watched || this.times[this.reached]! < end) lane.dense(this.coefficients, 0)
  }

  /** Only samples are wanted. */
  steps(): void {}

  samples(states: Float64Array, offset: number, count: number): void {
    const { output, y } = this
    if (output.receiveStates !== undefined) {
      if (count > 0) output.receiveStates(this.reached, count, states, offset)
      this.reached += count
      return
    }
    for (let sample = 0, at = offset; sample < count; sample++) {
      for (let i = 0; i < y.length; i++) y[i] = states[at++]!
      output.receive(this.reached++, y, null)
    }
  }

  evaluate(t: number, first: number, out: Float64Array): void {
    evaluateDense(this.coefficients, 0, this.width, this.rows, this.theta(t), first, out.length, out)
  }

  evaluateEntries(t: number, entries: Int32Array, out: Float64Array): void {
    evaluateDenseEntries(this.coefficients, 0, this.width, this.rows, this.theta(t), entries, out)
  }

  private theta(t: number): number {
    const { start, end } = this
    return t === end ? 1 : (t - start) / (end - start)
  }

  withdraw(): void {}

  passed(t: number): void {
    const { output, times, y, s } = this
    while (times[this.reached]! < t) {
      const at = times[this.reached]!
      this.evaluate(at, 0, y)
      if (s !== null) this.evaluate(at, y.length, s)
      output.receive(this.reached++, y, s)
    }
  }

  event(): void {}

  settled(t: number, y: Float64Array, s: Float64Array | null): void {
    const { output, times } = this
    while (times[this.reached]! <= t) output.receive(this.reached++, y, s)
  }
}
