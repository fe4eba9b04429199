import type { Solution, TimeEvent, Trajectory } from 'ode-ts'
import { knotsBetween } from './knots-between.ts'

const noState = new Float64Array()

/**
 * The course of a model without states, whose outputs are functions of time, parameters and doses alone: there is nothing
 * to integrate, but events happen.
 */
export function courseWithoutStates(start: number, end: number, events: readonly TimeEvent[]): Solution {
  const happening = events.filter(({ t }) => t >= start && t <= end).toSorted((a, b) => a.t - b.t)
  for (const { t, apply } of happening) apply(t, noState, noState)
  const eventTimes = Float64Array.from(new Set(happening.map(({ t }) => t)))
  return {
    outcome: { status: 'finished', t: end },
    statistics: {
      steps: 0,
      rejected: 0,
      rhsEvaluations: 0,
      jacobianEvaluations: 0,
      decompositions: 0,
      pivotFallbacks: 0,
    },
    trajectory: trajectoryWithoutStates(start, end, eventTimes),
  }
}

function trajectoryWithoutStates(start: number, end: number, eventTimes: Float64Array): Trajectory {
  const check = (t: number) => {
    if (!(t >= start && t <= end)) throw new RangeError(`t = ${t} is outside this course, [${start}, ${end}]`)
  }
  return {
    start,
    end,
    knots: knotsBetween([...new Set([start, ...eventTimes, end])]),
    eventTimes,
    state: check,
    rows: (times, count) => {
      for (let k = 0; k < count; k++) check(times[k]!)
    },
    sensitivities: check,
  }
}
