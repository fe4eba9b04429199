import type { RootCondition } from '../options.ts'
import type { Outcome } from '../outcome.ts'
import type { StepSink } from '../output/step-sink.ts'
import type { System } from '../system.ts'
import { firstNotFinite } from './first-not-finite.ts'
import type { RootMonitor } from './root-monitor.ts'
import type { RunFailure, RunFailures } from './run-failures.ts'
import { shiftSensitivities } from './shift-sensitivities.ts'

/** Does to the state what root conditions want that fired, and those whose sign changes by that in turn. */
export class RootResets {
  private readonly conditions: readonly RootCondition[]
  private readonly system: System
  private readonly most: number
  private readonly sink: StepSink
  private readonly failures: RunFailures
  /** 1 for each condition that has changed the state at the time at hand. */
  private readonly changed: Uint8Array
  private count = 0

  constructor(
    conditions: readonly RootCondition[],
    system: System,
    most: number,
    sink: StepSink,
    failures: RunFailures,
  ) {
    this.conditions = conditions
    this.system = system
    this.most = most
    this.sink = sink
    this.failures = failures
    this.changed = new Uint8Array(conditions.length)
  }

  /**
   * Changes (y, s) at `t`. `moves`: the time of the root moves with the parameters, in contrast to that of a jump at a
   * time event.
   *
   * @returns what ends the run, null where it goes on.
   */
  apply(
    monitor: RootMonitor,
    t: number,
    y: Float64Array,
    s: Float64Array | null,
    moves: boolean,
  ): Outcome | RunFailure | null {
    const { conditions, changed, system, sink, failures } = this
    changed.fill(0)
    let any = true
    while (any) {
      for (let index = 0; index < conditions.length; index++) {
        if (monitor.fired[index] === 0 || changed[index] === 1) continue
        const condition = conditions[index]!
        if (condition.apply === undefined) return { status: 'event', t, index }
        if (this.count >= this.most) return failures.tooManyResets(t)
        this.count++
        changed[index] = 1
        if (moves && s !== null) shiftSensitivities(condition, system, t, y, s)
        else condition.apply(t, y, s)
        sink.event(t)
        const broken = firstNotFinite(y)
        if (broken >= 0) return failures.brokenState(broken, t, y, `after root condition ${index}`)
      }
      any = monitor.settle(t, y, changed)
    }
    return null
  }
}
