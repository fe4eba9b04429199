import type { Problem, TimeEvent } from '../problem.ts'
import type { SensitivitySystem, System } from '../system.ts'

/**
 * The system again when sensitivities are asked for, else null. Throws a RangeError when shapes or times of the problem
 * do not fit, a TypeError when the system cannot give the derivatives that sensitivities need.
 */
export function checkProblem(problem: Problem): SensitivitySystem | null {
  const { system, t0, t1, y0, sensitivities } = problem
  const n = system.dimension
  if (!(Number.isInteger(n) && n >= 1)) throw new RangeError(`a system needs at least one state, got dimension ${n}`)
  if (y0.length !== n) throw new RangeError(`y0 has ${y0.length} entries, but the system has ${n} states`)
  if (!Number.isFinite(t0)) throw new RangeError(`t0 must be finite, got ${t0}`)
  if (!(t1 >= t0 && t1 < Number.POSITIVE_INFINITY))
    throw new RangeError(`t1 must be finite and ≥ t0 = ${t0}, got ${t1}`)
  if (!(t1 - t0 < Number.POSITIVE_INFINITY))
    throw new RangeError(`t1 − t0 must be a finite number, but t0 = ${t0} and t1 = ${t1}; scale time`)
  if (sensitivities === undefined) return null
  if (!isSensitivitySystem(system)) {
    throw new TypeError(
      'sensitivities need a SensitivitySystem, with tangent, linearize, jacobianTangent and timeTangent',
    )
  }
  const m = system.parameterCount
  if (sensitivities.length !== m * n) {
    throw new RangeError(
      `sensitivities has ${sensitivities.length} entries, but ${m} parameters × ${n} states need ${m * n}`,
    )
  }
  return system
}

/** The events by time as numbers, those of one time in the order given. Throws a RangeError for one outside [t0, t1]. */
export function sortEvents(problem: Problem): readonly TimeEvent[] {
  const { t0, t1, events = [] } = problem
  events.forEach((event, index) => {
    if (!(event.t >= t0 && event.t <= t1)) {
      throw new RangeError(`event ${index} is at t = ${event.t}, outside [t0, t1] = [${t0}, ${t1}]`)
    }
  })
  return events.toSorted((a, b) => a.t - b.t)
}

/** Whether a system has the derivatives that sensitivities need. */
export function isSensitivitySystem(system: System): system is SensitivitySystem {
  return 'tangent' in system && 'linearize' in system && 'jacobianTangent' in system && 'timeTangent' in system
}
