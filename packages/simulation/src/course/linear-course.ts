import type { Solution, TimeEvent, Trajectory } from 'ode-ts'
import { knotsBetween } from './knots-between.ts'
import type { LinearFlow } from './linear-flow.ts'
import type { Stretch } from './stretch.ts'

const noTimes = new Float64Array()

/**
 * The course of a model that is linear in its states, with coefficients that stand still between events (`linCmt()`, or
 * equations of that kind), in closed form: y(t) is the exponential of the rates times the state after the last event, exact
 * to rounding at every time, and so are its derivatives by the parameters. It holds until the flow begins another.
 *
 * @param flow of the compartments that are so; the states of other equations stand still between events.
 * @param events in the order of their times, within [start, end].
 * @param shouldStop asked at the start and at each event; true stops the course there.
 */
export function linearCourse(
  flow: LinearFlow,
  start: number,
  end: number,
  events: readonly TimeEvent[],
  y0: Float64Array,
  s0: Float64Array,
  shouldStop?: () => boolean,
): Solution {
  const { y, s } = flow.start(y0, s0)
  const carried = flow.sensitivities === null ? null : s
  const times: number[] = []
  let reached = start
  let at = start
  let broken = -1
  let isStopped = false
  for (let next = 0; ; at = events[next]!.t) {
    if (flow.count > 0) {
      broken = move(flow, at, y, carried)
      if (broken >= 0) break
    }
    reached = at
    if (events[next]?.t === at) times.push(at)
    for (let event = events[next]; event !== undefined && event.t === at; event = events[++next]) {
      event.apply(at, y, carried)
    }
    flow.from(at, y, s)
    broken = firstNotFinite(y)
    isStopped = shouldStop?.() === true
    if (broken >= 0 || isStopped || next === events.length) break
  }
  if (broken < 0 && !isStopped && end > reached) {
    at = end
    broken = move(flow, end, y, null)
  }
  const statistics = {
    steps: flow.count,
    rejected: 0,
    rhsEvaluations: 0,
    jacobianEvaluations: flow.count,
    decompositions: 0,
    pivotFallbacks: 0,
  }
  const to = broken >= 0 || isStopped ? reached : end
  const trajectory = new LinearTrajectory(
    flow,
    y0,
    s0,
    start,
    to,
    times.length === 0 ? noTimes : Float64Array.from(times),
  )
  if (isStopped && broken < 0) return { outcome: { status: 'stopped', t: reached }, statistics, trajectory }
  if (broken < 0) return { outcome: { status: 'finished', t: end }, statistics, trajectory }
  const name = flow.instance.model.states[broken]!.name
  const message = `${name} is ${y[broken]} at t = ${at}, ${at === reached ? 'after an event' : `by its closed form from t = ${reached} on`}`
  return {
    outcome: { status: 'failed', reason: 'non-finite', t: reached, y: y.slice(), message },
    statistics,
    trajectory,
  }
}

/** From the last stretch on to `t`; gives the first state that is not finite there, -1 for none. */
function move(flow: LinearFlow, t: number, y: Float64Array, s: Float64Array | null): number {
  const stretch = flow.at(t, 'after')
  if (stretch === undefined) throw new Error('there is no stretch to go on from')
  flow.state(stretch, t, y)
  if (s !== null) flow.tangents(stretch, t, s)
  return firstNotFinite(y)
}

function firstNotFinite(y: Float64Array): number {
  for (let i = 0; i < y.length; i++) if (!Number.isFinite(y[i]!)) return i
  return -1
}

class LinearTrajectory implements Trajectory {
  readonly start: number
  readonly end: number
  readonly eventTimes: Float64Array
  readonly #flow: LinearFlow
  /** The state before the events of the start. */
  readonly #y0: Float64Array
  readonly #s0: Float64Array
  #knots: Float64Array | undefined

  constructor(
    flow: LinearFlow,
    y0: Float64Array,
    s0: Float64Array,
    start: number,
    end: number,
    eventTimes: Float64Array,
  ) {
    this.#flow = flow
    this.#y0 = y0
    this.#s0 = s0
    this.start = start
    this.end = end
    this.eventTimes = eventTimes
  }

  get knots(): Float64Array {
    this.#knots ??= knotsBetween([...new Set([this.start, ...this.eventTimes, this.end])])
    return this.#knots
  }

  state(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    const stretch = this.#heldAt(t, side)
    if (stretch === undefined) out.set(this.#y0)
    else this.#flow.state(stretch, t, out)
  }

  rows(times: Float64Array, count: number, entries: Int32Array, out: Float64Array, before?: Uint8Array): void {
    const row = this.#flow.row
    const n = row.length
    for (let k = 0; k < count; k++) {
      this.state(times[k]!, row, before?.[k] === 1 ? 'before' : 'after')
      for (let e = 0; e < entries.length; e++) out[k * n + entries[e]!] = row[entries[e]!]!
    }
  }

  sensitivities(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    const stretch = this.#heldAt(t, side)
    if (stretch === undefined) out.set(this.#s0)
    else this.#flow.tangents(stretch, t, out)
  }

  #heldAt(t: number, side: 'before' | 'after'): Stretch | undefined {
    if (!(t >= this.start && t <= this.end))
      throw new RangeError(`t = ${t} is outside this course, [${this.start}, ${this.end}]`)
    return this.#flow.at(t, side)
  }
}
