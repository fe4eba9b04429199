import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { Outcome, Problem, StepControl, Stopping, TimeEvent, Trajectory } from 'ode-ts'
import { stateEvents } from '../records/state-events.ts'
import { knotsBetween } from './knots-between.ts'
import { LinearFlow, type Stretch } from './linear-flow.ts'
import { stretchAt } from './stretch-at.ts'

/** Least relative distance of two slopes of `linCmt()` at which its closed form in the equations keeps its digits. */
const leastSeparation = 1e-3

/** A model, and the same with the compartments of `linCmt()` as a forcing function; instances of one run. */
export interface Forcing {
  readonly instance: ModelInstance
  readonly sensitivities: ModelSensitivities | null
  readonly forced: ModelInstance
  readonly forcedSensitivities: ModelSensitivities | null
  /** The states that `linCmt()` brings. */
  readonly compartments: readonly number[]
}

/** Whether the closed form keeps its digits with the parameters that the model's instance has now. */
export function isSeparated({ instance, forced }: Forcing, t: number): boolean {
  const separation = new Float64Array(1)
  forced.follow(instance, t)
  forced.outputs(t, new Float64Array(forced.dimension), separation)
  return separation[0]! >= leastSeparation
}

/**
 * One course of a model whose linear compartments are known in closed form. What happens at events acts on the states of
 * the model; what is integrated is the forced model, which holds the compartments as they were after the last event. They
 * are read from the exponential of their rates, exact to rounding, with their derivatives.
 */
export class ForcedCourse {
  readonly #forcing: Forcing
  readonly #flow: LinearFlow
  readonly #stretches: Stretch[] = []
  readonly #start: number
  readonly #before: { readonly y: Float64Array; readonly s: Float64Array }
  readonly #y: Float64Array
  readonly #s: Float64Array
  /** States of the model, of the forced model, and parameters of the sensitivities. */
  readonly #n: number
  readonly #width: number
  readonly #m: number

  /** From `start` on with y0 and s0; the model's instance has its parameters and is at the segment that begins there. */
  constructor(forcing: Forcing, start: number, y0: Float64Array, s0: Float64Array) {
    const { instance, sensitivities, forced, compartments } = forcing
    this.#forcing = forcing
    this.#flow = new LinearFlow(instance, sensitivities, compartments)
    this.#start = start
    this.#n = instance.dimension
    this.#width = forced.dimension
    this.#m = sensitivities?.parameterCount ?? 0
    this.#before = { y: y0.slice(), s: s0.slice() }
    this.#y = y0.slice()
    this.#s = s0.slice()
  }

  /** What is to be integrated. */
  problem(end: number, events: readonly TimeEvent[]): Problem {
    const { forced, forcedSensitivities } = this.#forcing
    const y0 = new Float64Array(this.#width)
    const sensitivities = new Float64Array(this.#m * this.#width)
    this.#hold(this.#start, y0, forcedSensitivities === null ? null : sensitivities)
    return {
      system: forcedSensitivities ?? forced,
      stateNames: forced.model.states.map(({ name }) => name),
      t0: this.#start,
      y0,
      t1: end,
      events: events.map(({ t, apply }) => ({
        t,
        apply: (time, z, sz) => {
          this.#release(time, z, sz)
          apply(time, this.#y, sz === null ? null : this.#s)
          this.#hold(time, z, sz)
        },
      })),
      ...(forcedSensitivities !== null && { sensitivities }),
    }
  }

  /** When the run stops or restarts. */
  stopping(stopping: Stopping): Stopping {
    const conditions = stateEvents(this.#forcing.forced)
    return { ...stopping, ...(conditions.length > 0 && { conditions }) }
  }

  /** What is held adds no error, but counts in the mean over the states. */
  control(control: StepControl): StepControl {
    const { compartments } = this.#forcing
    const share = Math.sqrt((this.#n - compartments.length) / this.#width)
    const { rtol = 1e-6, atol = 1e-9 } = control
    const wide = new Float64Array(this.#width).fill(1)
    if (typeof atol !== 'number') wide.set(atol.map((value) => value * share))
    return { ...control, rtol: rtol * share, atol: typeof atol === 'number' ? atol * share : wide }
  }

  /** The states of the model at t, from those of the forced model. */
  read(t: number, z: Float64Array, y: Float64Array, side: 'before' | 'after' = 'after'): void {
    for (let i = 0; i < this.#n; i++) y[i] = z[i]!
    this.readCompartments(t, y, side)
  }

  /** The compartments alone, into their places. */
  readCompartments(t: number, y: Float64Array, side: 'before' | 'after' = 'after'): void {
    const stretch = stretchAt(this.#stretches, t, side)
    if (stretch !== undefined) this.#flow.state(stretch, t, y)
    else for (const state of this.#forcing.compartments) y[state] = this.#before.y[state]!
  }

  /** Likewise for sensitivities. */
  readSensitivities(t: number, sz: Float64Array, s: Float64Array, side: 'before' | 'after' = 'after'): void {
    const stretch = stretchAt(this.#stretches, t, side)
    this.#narrow(sz, s)
    if (stretch !== undefined) this.#flow.tangents(stretch, t, s)
    else s.set(this.#before.s)
  }

  /** An outcome in terms of the model. */
  outcome(outcome: Outcome): Outcome {
    if (outcome.status !== 'failed') return outcome
    const y = new Float64Array(this.#n)
    this.read(Math.max(outcome.t, this.#start), outcome.y, y)
    return { ...outcome, y }
  }

  /** A trajectory of the forced model as one of the model. */
  trajectory(inner: Trajectory): Trajectory {
    const { start, end, eventTimes } = inner
    const n = this.#n
    const width = this.#width
    const z = new Float64Array(width)
    const sz = new Float64Array(this.#m * width)
    const row = new Float64Array(n)
    const compartments = new Set(this.#forcing.compartments)
    let wide = new Float64Array(0)
    return {
      start,
      end,
      // between two steps of the integrator much may happen that needs no step
      knots: Float64Array.from(
        new Set([...inner.knots, ...knotsBetween([...new Set([start, ...eventTimes, end])])]),
      ).sort(),
      eventTimes,
      state: (t, out, side) => {
        inner.state(t, z, side)
        this.read(t, z, out, side)
      },
      rows: (times, count, entries, out, before) => {
        const others = entries.filter((entry) => !compartments.has(entry))
        const own = entries.filter((entry) => compartments.has(entry))
        if (wide.length < count * width) wide = new Float64Array(count * width)
        inner.rows(times, count, others, wide, before)
        for (let k = 0; k < count; k++) {
          for (const entry of others) out[k * n + entry] = wide[k * width + entry]!
          if (own.length > 0) this.readCompartments(times[k]!, row, before?.[k] === 1 ? 'before' : 'after')
          for (const entry of own) out[k * n + entry] = row[entry]!
        }
      },
      sensitivities: (t, out, side) => {
        inner.sensitivities(t, sz, side)
        this.readSensitivities(t, sz, out, side)
      },
    }
  }

  /** From what is held to the states of the model before an event. */
  #release(t: number, z: Float64Array, sz: Float64Array | null): void {
    const last = this.#stretches.at(-1)
    for (let i = 0; i < this.#n; i++) this.#y[i] = z[i]!
    if (sz !== null) this.#narrow(sz, this.#s)
    if (last === undefined) return
    if (sz === null) this.#flow.state(last, t, this.#y)
    else this.#flow.at(last, t, this.#y, this.#s)
  }

  /** And back, with the infusions and inputs as they are from then on. */
  #hold(t: number, z: Float64Array, sz: Float64Array | null): void {
    const { instance, sensitivities, forced, compartments } = this.#forcing
    if (this.#stretches.at(-1)?.t === t) this.#stretches.pop()
    this.#stretches.push(this.#flow.from(t, this.#y, this.#s))
    forced.follow(instance, t)
    z.set(this.#y)
    compartments.forEach((state, k) => {
      z[this.#n + k] = instance.rates[state]!
    })
    if (sz === null || sensitivities === null) return
    for (let p = 0; p < this.#m; p++) {
      for (let i = 0; i < this.#n; i++) sz[p * this.#width + i] = this.#s[p * this.#n + i]!
      compartments.forEach((state, k) => {
        sz[p * this.#width + this.#n + k] = sensitivities.rates[p * this.#n + state]!
      })
    }
  }

  #narrow(sz: Float64Array, s: Float64Array): void {
    for (let p = 0; p < this.#m; p++) {
      for (let i = 0; i < this.#n; i++) s[p * this.#n + i] = sz[p * this.#width + i]!
    }
  }
}
