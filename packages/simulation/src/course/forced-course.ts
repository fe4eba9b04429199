import type { ModelInstance, ModelSensitivities } from '@cartkin/model'
import type { Outcome, Problem, StepControl, Stopping, TimeEvent, Trajectory } from 'ode-ts'
import { stateEvents } from '../records/state-events.ts'
import { knotsBetween } from './knots-between.ts'
import { lastFrom } from './last-from.ts'

/** Least relative distance of two slopes of `linCmt()` at which its closed form in the equations keeps its digits. */
const leastSeparation = 1e-4

/** A model, and the same with the compartments of `linCmt()` as a forcing function; instances of one run. */
export interface Forcing {
  readonly instance: ModelInstance
  readonly sensitivities: ModelSensitivities | null
  readonly forced: ModelInstance
  readonly forcedSensitivities: ModelSensitivities | null
  /** The states that `linCmt()` brings. */
  readonly compartments: readonly number[]
}

/** What holds from an event on. */
interface Segment {
  readonly t: number
  readonly inputs: ModelInstance['inputs']
}

/** Whether the closed form keeps its digits with the parameters that the model's instance has now. */
export function isSeparated({ instance, forced, compartments }: Forcing, t: number): boolean {
  const amounts = new Float64Array(compartments.length + 1)
  forced.follow(instance.inputs, t)
  forced.outputs(t, new Float64Array(forced.dimension), amounts)
  return amounts[compartments.length]! >= leastSeparation
}

/**
 * One course of a model whose linear compartments are known in closed form. What happens at events acts on the states of
 * the model; what is integrated is the forced model, which holds the compartments as they were after the last event.
 */
export class ForcedCourse {
  readonly #forcing: Forcing
  readonly #segments: Segment[] = []
  /** The segment whose inputs the forced instance has. */
  #present: Segment | undefined
  readonly #start: number
  readonly #y: Float64Array
  readonly #s: Float64Array
  /** States of the model, of the forced model, its outputs, and parameters of the sensitivities. */
  readonly #n: number
  readonly #width: number
  readonly #outputs: number
  readonly #m: number
  readonly #amounts: Float64Array
  readonly #tangents: Float64Array
  /** Room for rows of the forced model and its outputs. */
  #wideRows = new Float64Array()
  #amountRows = new Float64Array()

  /** From `start` on with y0 and s0; the model's instance has its parameters and is at the segment that begins there. */
  constructor(forcing: Forcing, start: number, y0: Float64Array, s0: Float64Array) {
    const { instance, sensitivities, forced, compartments } = forcing
    this.#forcing = forcing
    this.#start = start
    this.#n = instance.dimension
    this.#width = forced.dimension
    this.#outputs = compartments.length + 1
    this.#m = sensitivities?.parameterCount ?? 0
    this.#y = y0.slice()
    this.#s = s0.slice()
    this.#amounts = new Float64Array(this.#outputs)
    this.#tangents = new Float64Array(this.#m * this.#outputs)
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
          this.read(time, z, this.#y)
          if (sz !== null) this.readSensitivities(time, z, sz, this.#s)
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
    const { forced, compartments } = this.#forcing
    for (let i = 0; i < this.#n; i++) y[i] = z[i]!
    const segment = this.#segmentAt(t, side)
    if (segment === undefined || segment.t === t) return
    this.#enter(segment)
    forced.outputs(t, z, this.#amounts)
    compartments.forEach((state, k) => {
      y[state] = this.#amounts[k]!
    })
  }

  /** Likewise the sensitivities. */
  readSensitivities(
    t: number,
    z: Float64Array,
    sz: Float64Array,
    s: Float64Array,
    side: 'before' | 'after' = 'after',
  ): void {
    const { forcedSensitivities, compartments } = this.#forcing
    for (let p = 0; p < this.#m; p++) {
      for (let i = 0; i < this.#n; i++) s[p * this.#n + i] = sz[p * this.#width + i]!
    }
    const segment = this.#segmentAt(t, side)
    if (segment === undefined || segment.t === t || forcedSensitivities === null) return
    this.#enter(segment)
    forcedSensitivities.outputs(t, z, sz, this.#tangents)
    compartments.forEach((state, k) => {
      for (let p = 0; p < this.#m; p++) s[p * this.#n + state] = this.#tangents[p * this.#outputs + k]!
    })
  }

  /** An outcome in terms of the model. */
  outcome(outcome: Outcome): Outcome {
    if (outcome.status !== 'failed') return outcome
    const y = new Float64Array(this.#n)
    this.read(outcome.t, outcome.y, y)
    return { ...outcome, y }
  }

  /** A trajectory of the forced model as one of the model. */
  trajectory(inner: Trajectory): Trajectory {
    const { start, end, eventTimes } = inner
    let knots: Float64Array | undefined
    const z = new Float64Array(this.#width)
    const sz = new Float64Array(this.#m * this.#width)
    return {
      start,
      end,
      get knots() {
        knots ??= knotsOf(inner)
        return knots
      },
      eventTimes,
      state: (t, out, side) => {
        inner.state(t, z, side)
        this.read(t, z, out, side)
      },
      rows: (times, count, entries, out, before) => this.#rows(inner, times, count, entries, out, before),
      sensitivities: (t, out, side) => {
        inner.state(t, z, side)
        inner.sensitivities(t, sz, side)
        this.readSensitivities(t, z, sz, out, side)
      },
    }
  }

  /** See `Trajectory.rows`. */
  #rows(
    inner: Trajectory,
    times: Float64Array,
    count: number,
    entries: Int32Array,
    out: Float64Array,
    before?: Uint8Array,
  ): void {
    const { forced, compartments } = this.#forcing
    const n = this.#n
    const width = this.#width
    const own = compartments.flatMap((state, k) => (entries.includes(state) ? [{ state, k }] : []))
    const held = own.length === 0 ? [] : [...compartments, ...compartments.map((_, k) => n + k)]
    const needed = new Set([...entries, ...held])
    this.#reserve(count)
    const [wide, amounts] = [this.#wideRows, this.#amountRows]
    inner.rows(times, count, Int32Array.from(needed), wide, before)
    for (let k = 0; k < count; k++) for (const entry of entries) out[k * n + entry] = wide[k * width + entry]!
    if (own.length === 0) return
    const segmentAt = (k: number) => this.#segmentAt(times[k]!, before?.[k] === 1 ? 'before' : 'after')
    for (let first = 0, end = 0; first < count; first = end) {
      const segment = segmentAt(first)
      end = first + 1
      while (end < count && segmentAt(end) === segment) end++
      if (segment === undefined) continue
      this.#enter(segment)
      forced.outputRows(end - first, times.subarray(first, end), wide.subarray(first * width, end * width), amounts)
      for (let k = first; k < end; k++) {
        if (times[k] === segment.t) continue
        for (const { state, k: place } of own) out[k * n + state] = amounts[(k - first) * this.#outputs + place]!
      }
    }
  }

  #reserve(rows: number): void {
    if (this.#wideRows.length >= rows * this.#width) return
    this.#wideRows = new Float64Array(rows * this.#width)
    this.#amountRows = new Float64Array(rows * this.#outputs)
  }

  /** The last segment that begins by t, or before t; undefined before the first. */
  #segmentAt(t: number, side: 'before' | 'after'): Segment | undefined {
    return lastFrom(this.#segments, t, side)
  }

  /** With the infusions and inputs as they are from then on. */
  #hold(t: number, z: Float64Array, sz: Float64Array | null): void {
    const { instance, sensitivities, compartments } = this.#forcing
    if (this.#segments.at(-1)?.t === t) this.#segments.pop()
    const segment = { t, inputs: instance.inputs }
    this.#segments.push(segment)
    this.#present = undefined
    this.#enter(segment)
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

  #enter(segment: Segment): void {
    if (this.#present === segment) return
    this.#forcing.forced.follow(segment.inputs, segment.t)
    this.#present = segment
  }
}

/** Those of the integrator, and more: between two of its steps much may happen to the compartments. */
function knotsOf({ start, end, knots, eventTimes }: Trajectory): Float64Array {
  return Float64Array.from(new Set([...knots, ...knotsBetween([...new Set([start, ...eventTimes, end])])])).sort()
}
