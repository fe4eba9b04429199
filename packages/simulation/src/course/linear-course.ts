import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { Solution, TimeEvent, Trajectory } from 'ode-ts'
import { knotsBetween } from './knots-between.ts'
import { lastFrom } from './last-from.ts'
import { LinearFlow, type Stretch } from './linear-flow.ts'

/**
 * The course of a linear model with coefficients that stand still between events (`linCmt()`), in closed form: y(t) is
 * the exponential of the rates times the state after the last event, exact to rounding at every time, and so are its
 * derivatives by the parameters.
 *
 * @param compartments the states that are so; those of other equations stand still between events.
 */
export function linearCourse(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  compartments: readonly number[],
  start: number,
  end: number,
  events: readonly TimeEvent[],
  y0: Float64Array,
  s0: Float64Array,
): Solution {
  const flow = new LinearFlow(instance, sensitivities, compartments)
  const y = y0.slice()
  const s = s0.slice()
  const before = { y: y.slice(), s: s.slice() }
  const stretches: Stretch[] = []
  const happening = events.filter(({ t }) => t >= start && t <= end).toSorted((a, b) => a.t - b.t)
  const eventTimes = Float64Array.from(new Set(happening.map(({ t }) => t)))
  let next = 0
  let reached = start
  let broken = -1
  for (const t of new Set([start, ...eventTimes])) {
    const last = stretches.at(-1)
    if (last !== undefined) flow.at(last, t, y, s)
    for (let event = happening[next]; event !== undefined && event.t === t; event = happening[++next]) {
      event.apply(t, y, sensitivities === null ? null : s)
    }
    reached = t
    stretches.push(flow.from(t, y, s))
    broken = y.findIndex((value) => !Number.isFinite(value))
    if (broken >= 0) break
  }
  const statistics = {
    steps: stretches.length,
    rejected: 0,
    rhsEvaluations: 0,
    jacobianEvaluations: stretches.length,
    decompositions: 0,
    pivotFallbacks: 0,
  }
  const to = broken >= 0 ? reached : end
  const trajectory = linearTrajectory(
    flow,
    stretches,
    before,
    start,
    to,
    eventTimes.filter((t) => t <= to),
  )
  if (broken < 0) return { outcome: { status: 'finished', t: end }, statistics, trajectory }
  const name = instance.model.states[broken]!.name
  const message = `${name} is ${y[broken]} at t = ${reached}, after an event`
  return {
    outcome: { status: 'failed', reason: 'non-finite', t: reached, y: y.slice(), message },
    statistics,
    trajectory,
  }
}

function linearTrajectory(
  flow: LinearFlow,
  stretches: readonly Stretch[],
  before: { readonly y: Float64Array; readonly s: Float64Array },
  start: number,
  end: number,
  eventTimes: Float64Array,
): Trajectory {
  const heldAt = (t: number, side: 'before' | 'after'): Stretch | undefined => {
    if (!(t >= start && t <= end)) throw new RangeError(`t = ${t} is outside this course, [${start}, ${end}]`)
    return lastFrom(stretches, t, side)
  }
  const state = (t: number, out: Float64Array, side: 'before' | 'after' = 'after') => {
    const stretch = heldAt(t, side)
    out.set((stretch ?? before).y)
    if (stretch !== undefined) flow.state(stretch, t, out)
  }
  const row = before.y.slice()
  return {
    start,
    end,
    knots: knotsBetween([...new Set([start, ...eventTimes, end])]),
    eventTimes,
    state,
    rows: (times, count, entries, out, sides) => {
      const n = row.length
      for (let k = 0; k < count; k++) {
        state(times[k]!, row, sides?.[k] === 1 ? 'before' : 'after')
        for (const entry of entries) out[k * n + entry] = row[entry]!
      }
    },
    sensitivities: (t, out, side = 'after') => {
      const stretch = heldAt(t, side)
      out.set((stretch ?? before).s)
      if (stretch !== undefined) flow.tangents(stretch, t, out)
    },
  }
}
