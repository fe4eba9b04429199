import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { Solution, TimeEvent, Trajectory } from 'ode-ts'
import { AffineFlow } from './affine-flow.ts'
import { knotsBetween } from './knots-between.ts'

/** Everything the course between two events follows from. */
interface Stretch {
  readonly t: number
  readonly y: Float64Array
  /** ∂y/∂p, parameter-major. */
  readonly s: Float64Array
  /** Of the augmented system [y, 1], whose last row is 0. */
  readonly matrix: Float64Array
  /** Of the augmented systems [y, ∂y/∂p_j, 1], one for each parameter. */
  readonly tangents: readonly Float64Array[]
}

/**
 * The course of a linear model with coefficients that stand still between events (`linCmt()`), in closed form: y(t) is
 * the exponential of the rates times the state after the last event, exact to rounding at every time, and so are its
 * derivatives by the parameters.
 */
export function linearCourse(
  instance: ModelInstance,
  sensitivities: ModelSensitivities | null,
  start: number,
  end: number,
  events: readonly TimeEvent[],
  y0: Float64Array,
  s0: Float64Array,
): Solution {
  const flow = new LinearFlow(instance, sensitivities)
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

/** Reads rates off a model instance and moves states along them. */
class LinearFlow {
  readonly #instance: ModelInstance
  readonly #sensitivities: ModelSensitivities | null
  readonly #n: number
  readonly #m: number
  readonly #plain: AffineFlow
  readonly #tangent: AffineFlow
  readonly #from: Float64Array
  readonly #to: Float64Array
  readonly #wideFrom: Float64Array
  readonly #wideTo: Float64Array

  constructor(instance: ModelInstance, sensitivities: ModelSensitivities | null) {
    this.#instance = instance
    this.#sensitivities = sensitivities
    this.#n = instance.dimension
    this.#m = sensitivities?.parameterCount ?? 0
    this.#plain = new AffineFlow(this.#n + 1)
    this.#tangent = new AffineFlow(2 * this.#n + 1)
    this.#from = new Float64Array(this.#n + 1)
    this.#to = new Float64Array(this.#n + 1)
    this.#wideFrom = new Float64Array(2 * this.#n + 1)
    this.#wideTo = new Float64Array(2 * this.#n + 1)
  }

  /** What holds from t on, with the state, infusions, switches and parameters as they are now. */
  from(t: number, y: Float64Array, s: Float64Array): Stretch {
    const n = this.#n
    const rates = new Float64Array(n * n)
    const inflow = new Float64Array(n)
    this.#instance.jacobian?.(t, y, rates)
    this.#instance.derivative(t, new Float64Array(n), inflow)
    const matrix = new Float64Array((n + 1) * (n + 1))
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) matrix[i * (n + 1) + j] = rates[i * n + j]!
      matrix[i * (n + 1) + n] = inflow[i]!
    }
    return { t, y: y.slice(), s: s.slice(), matrix, tangents: this.#tangentMatrices(t, rates, inflow) }
  }

  #tangentMatrices(t: number, rates: Float64Array, inflow: Float64Array): readonly Float64Array[] {
    const sensitivities = this.#sensitivities
    if (sensitivities === null) return []
    const [n, m] = [this.#n, this.#m]
    const width = 2 * n + 1
    const noTangent = new Float64Array(m * n)
    const derivatives = (y: Float64Array) => {
      const out = new Float64Array(m * n)
      sensitivities.tangent(t, y, noTangent, out)
      return out
    }
    const constant = derivatives(new Float64Array(n))
    const columns = Array.from({ length: n }, (_, k) =>
      derivatives(Float64Array.from({ length: n }, (__, i) => (i === k ? 1 : 0))),
    )
    return Array.from({ length: m }, (_, p) => {
      const matrix = new Float64Array(width * width)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          matrix[i * width + j] = rates[i * n + j]!
          matrix[(n + i) * width + n + j] = rates[i * n + j]!
          matrix[(n + i) * width + j] = columns[j]![p * n + i]! - constant[p * n + i]!
        }
        matrix[i * width + 2 * n] = inflow[i]!
        matrix[(n + i) * width + 2 * n] = constant[p * n + i]!
      }
      return matrix
    })
  }

  state(stretch: Stretch, t: number, y: Float64Array): void {
    const n = this.#n
    this.#from.set(stretch.y)
    this.#from[n] = 1
    this.#plain.apply(stretch.matrix, t - stretch.t, this.#from, this.#to)
    for (let i = 0; i < n; i++) y[i] = this.#to[i]!
  }

  tangents(stretch: Stretch, t: number, s: Float64Array): void {
    const n = this.#n
    stretch.tangents.forEach((matrix, p) => {
      this.#wideFrom.set(stretch.y)
      for (let i = 0; i < n; i++) this.#wideFrom[n + i] = stretch.s[p * n + i]!
      this.#wideFrom[2 * n] = 1
      this.#tangent.apply(matrix, t - stretch.t, this.#wideFrom, this.#wideTo)
      for (let i = 0; i < n; i++) s[p * n + i] = this.#wideTo[n + i]!
    })
  }

  at(stretch: Stretch, t: number, y: Float64Array, s: Float64Array): void {
    this.tangents(stretch, t, s)
    this.state(stretch, t, y)
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
  /** The stretch that holds at t, on the side asked for; undefined before the events of the start. */
  const stretchAt = (t: number, side: 'before' | 'after'): Stretch | undefined => {
    if (!(t >= start && t <= end)) throw new RangeError(`t = ${t} is outside this course, [${start}, ${end}]`)
    let low = 0
    let high = stretches.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const isPast = side === 'before' ? stretches[middle]!.t >= t : stretches[middle]!.t > t
      if (isPast) high = middle
      else low = middle + 1
    }
    return stretches[low - 1]
  }
  const state = (t: number, out: Float64Array, side: 'before' | 'after' = 'after') => {
    const stretch = stretchAt(t, side)
    if (stretch === undefined) out.set(before.y)
    else flow.state(stretch, t, out)
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
      const stretch = stretchAt(t, side)
      if (stretch === undefined) out.set(before.s)
      else flow.tangents(stretch, t, out)
    },
  }
}
