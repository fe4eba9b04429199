import type { StepperLane } from '../steppers/stepper.ts'
import { evaluateDense, evaluateDenseEntries, evaluateDenseRows } from './dense-output.ts'
import type { NumberList } from './number-list.ts'
import type { StepSink } from './step-sink.ts'
import type { Trajectory } from './trajectory.ts'
import type { TrajectoryMemory } from './trajectory-memory.ts'

const firstChunkSteps = 16
/** Numbers in a chunk at most, one step excepted. */
const largestChunk = 4_194_304

/**
 * Collects the continuous extensions of the accepted steps while a run goes on, and gives the trajectory at its end.
 *
 * The coefficients lie in chunks, each holding twice as many steps as the one before.
 */
export class TrajectoryRecorder implements StepSink {
  readonly reached = 0
  private chunk: Float64Array
  private offset = 0
  private readonly dimension: number
  private readonly parameterCount: number
  private readonly width: number
  private readonly rows: number
  private readonly size: number
  private readonly chunks: Float64Array[] = []
  private readonly chunkOf: NumberList
  private readonly offsetOf: NumberList
  private readonly starts: NumberList
  private readonly ends: NumberList
  private readonly eventTimes: NumberList
  private readonly first: Float64Array
  private readonly memory: TrajectoryMemory

  constructor(
    dimension: number,
    parameterCount: number,
    rows: number,
    y0: Float64Array,
    s0: Float64Array | null,
    memory: TrajectoryMemory,
  ) {
    memory.begin()
    this.memory = memory
    this.chunkOf = memory.chunkOf
    this.offsetOf = memory.offsetOf
    this.starts = memory.starts
    this.ends = memory.ends
    this.eventTimes = memory.eventTimes
    this.dimension = dimension
    this.parameterCount = s0 === null ? -1 : parameterCount
    this.width = dimension * (1 + parameterCount)
    this.rows = rows
    this.size = (2 + rows) * this.width
    this.chunk = memory.take(firstChunkSteps * this.size)
    this.chunks.push(this.chunk)
    this.offset = -this.size
    this.first = extended(y0, s0)
  }

  step(lane: StepperLane, start: number, end: number): void {
    this.reserve()
    lane.dense(this.chunk, this.offset)
    this.chunkOf.push(this.chunks.length - 1)
    this.offsetOf.push(this.offset)
    this.starts.push(start)
    this.ends.push(end)
  }

  steps(log: Float64Array, offset: number, count: number, rows: number, stride: number): void {
    const { width } = this
    for (let step = 0, from = offset; step < count; step++) {
      this.reserve()
      this.chunkOf.push(this.chunks.length - 1)
      this.offsetOf.push(this.offset)
      this.starts.push(log[from++]!)
      this.ends.push(log[from++]!)
      const { chunk } = this
      let to = this.offset
      for (let row = 0; row < 2 + rows; row++, from += stride) {
        for (let i = 0; i < width; i++) chunk[to++] = log[from + i]!
      }
      if (rows < this.rows) chunk.fill(0, to, this.offset + this.size)
    }
  }

  /** Every step is wanted. */
  samples(): void {}

  evaluate(t: number, first: number, out: Float64Array): void {
    evaluateDense(this.chunk, this.offset, this.width, this.rows, this.theta(t), first, out.length, out)
  }

  evaluateEntries(t: number, entries: Int32Array, out: Float64Array): void {
    evaluateDenseEntries(this.chunk, this.offset, this.width, this.rows, this.theta(t), entries, out)
  }

  /** Of the last step. */
  private theta(t: number): number {
    const last = this.starts.length - 1
    return fraction(t, this.starts.values[last]!, this.ends.values[last]!)
  }

  withdraw(): void {
    // the coefficients are written over by those of the next step
    this.offset -= this.size
    for (const list of [this.chunkOf, this.offsetOf, this.starts, this.ends]) list.length--
  }

  passed(): void {}

  event(t: number): void {
    const { eventTimes } = this
    if (eventTimes.length === 0 || eventTimes.values[eventTimes.length - 1] !== t) eventTimes.push(t)
  }

  settled(): void {}

  /** The trajectory from `start` to `end`, where (y, s) holds after all events. */
  finish(start: number, end: number, y: Float64Array, s: Float64Array | null): Trajectory {
    const steps = this.starts.length
    const knots = new Float64Array(steps + 1)
    // Where a root cut a step short, the next begins before this one would have ended.
    for (let i = 0; i < steps; i++) knots[i] = this.starts.values[i]!
    knots[0] = start
    knots[steps] = end
    return new RecordedTrajectory({
      knots,
      ends: this.ends.values,
      chunkOf: this.chunkOf.values,
      offsetOf: this.offsetOf.values,
      chunks: this.chunks,
      eventTimes: this.eventTimes.values.slice(0, this.eventTimes.length),
      dimension: this.dimension,
      parameterCount: this.parameterCount,
      width: this.width,
      rows: this.rows,
      first: this.first,
      last: extended(y, s),
    })
  }

  /** Makes room for one more step. */
  private reserve(): void {
    this.offset += this.size
    if (this.offset + this.size <= this.chunk.length) return
    const steps = Math.min(
      2 * Math.floor(this.chunk.length / this.size),
      Math.max(1, Math.floor(largestChunk / this.size)),
    )
    this.chunk = this.memory.take(steps * this.size)
    this.chunks.push(this.chunk)
    this.offset = 0
  }
}

interface Recording {
  readonly knots: Float64Array
  /** Where each step would have ended, had no root cut it short. */
  readonly ends: Float64Array
  readonly chunkOf: Float64Array
  readonly offsetOf: Float64Array
  readonly chunks: readonly Float64Array[]
  readonly eventTimes: Float64Array
  readonly dimension: number
  /** m, or -1 when no sensitivities were carried. */
  readonly parameterCount: number
  readonly width: number
  readonly rows: number
  /** z before the events of the start. */
  readonly first: Float64Array
  /** z after the events of the end. */
  readonly last: Float64Array
}

class RecordedTrajectory implements Trajectory {
  readonly start: number
  readonly end: number
  readonly knots: Float64Array
  readonly eventTimes: Float64Array
  private readonly recording: Recording
  private readonly eventAtStart: boolean
  private readonly eventAtEnd: boolean
  /** The step read last: times are mostly read in order. */
  private recent = 0
  /** Room for the places of times within their steps. */
  private thetas = new Float64Array(0)

  constructor(recording: Recording) {
    const { knots, eventTimes } = recording
    this.recording = recording
    this.knots = knots
    this.eventTimes = eventTimes
    this.start = knots[0]!
    this.end = knots[knots.length - 1]!
    this.eventAtStart = eventTimes.length > 0 && eventTimes[0] === this.start
    this.eventAtEnd = eventTimes.length > 0 && eventTimes[eventTimes.length - 1] === this.end
  }

  state(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    const { dimension } = this.recording
    if (out.length !== dimension) {
      throw new RangeError(
        `state needs an array of length ${dimension}, the number of states; got length ${out.length}`,
      )
    }
    this.read(t, side, 0, dimension, out)
  }

  sensitivities(t: number, out: Float64Array, side: 'before' | 'after' = 'after'): void {
    const { dimension, parameterCount } = this.recording
    if (parameterCount < 0) {
      throw new Error('this trajectory carries no sensitivities; give Problem.sensitivities to the integration')
    }
    const count = dimension * parameterCount
    if (out.length !== count) {
      throw new RangeError(
        `sensitivities needs an array of length ${count} (${parameterCount} parameters × ${dimension} states); got length ${out.length}`,
      )
    }
    this.read(t, side, dimension, count, out)
  }

  rows(times: Float64Array, count: number, entries: Int32Array, out: Float64Array, before?: Uint8Array): void {
    const { knots, recording, start, end } = this
    const { dimension, width, rows } = recording
    if (this.thetas.length < count) this.thetas = new Float64Array(count)
    const { thetas } = this
    let first = 0
    let step = -1
    const evaluate = (last: number) => {
      if (step < 0 || last === first) return
      const chunk = recording.chunks[recording.chunkOf[step]!]!
      evaluateDenseRows(chunk, recording.offsetOf[step]!, width, rows, thetas, first, last, entries, out, dimension)
    }
    for (let k = 0; k < count; k++) {
      const t = times[k]!
      if (!(t >= start && t <= end)) throw new RangeError(`t = ${t} is outside this trajectory, [${start}, ${end}]`)
      const side = before?.[k] === 1 ? 'before' : 'after'
      const atRest = this.atRest(t, side)
      const next = atRest === null ? this.stepAt(t, side) : -1
      if (next !== step) {
        evaluate(k)
        first = k
        step = next
      }
      if (atRest === null) thetas[k] = fraction(t, knots[step]!, recording.ends[step]!)
      else for (const entry of entries) out[k * dimension + entry] = atRest[entry]!
    }
    evaluate(count)
  }

  /** z where it is not that of a step: before the events of the start, after those of the end. */
  private atRest(t: number, side: 'before' | 'after'): Float64Array | null {
    const steps = this.knots.length - 1
    if (t === this.start && side === 'before' && (this.eventAtStart || steps === 0)) return this.recording.first
    if (t === this.end && side === 'after' && (this.eventAtEnd || steps === 0)) return this.recording.last
    return null
  }

  private read(t: number, side: 'before' | 'after', from: number, count: number, out: Float64Array): void {
    const { knots, recording, start, end } = this
    if (!(t >= start && t <= end)) throw new RangeError(`t = ${t} is outside this trajectory, [${start}, ${end}]`)
    const steps = knots.length - 1
    if (t === start && side === 'before' && (this.eventAtStart || steps === 0)) {
      out.set(recording.first.subarray(from, from + count))
      return
    }
    if (t === end && side === 'after' && (this.eventAtEnd || steps === 0)) {
      out.set(recording.last.subarray(from, from + count))
      return
    }
    const step = this.stepAt(t, side)
    const theta = fraction(t, knots[step]!, recording.ends[step]!)
    const chunk = recording.chunks[recording.chunkOf[step]!]!
    evaluateDense(chunk, recording.offsetOf[step]!, recording.width, recording.rows, theta, from, count, out)
  }

  /** The step that holds t, the one that ends there when `before` and t is a knot. */
  private stepAt(t: number, side: 'before' | 'after'): number {
    const { knots, recent } = this
    const steps = knots.length - 1
    let low = 0
    if (knots[recent]! <= t) {
      if (t < knots[recent + 1]!) low = recent
      else if (recent + 1 < steps && t < knots[recent + 2]!) low = recent + 1
      else low = this.search(t, recent + 1, steps)
    } else low = this.search(t, 0, recent)
    low = Math.min(low, steps - 1)
    this.recent = low
    return side === 'before' && low > 0 && knots[low] === t ? low - 1 : low
  }

  /** Largest index i in [low, high] with knots[i] ≤ t; knots[low] ≤ t is known. */
  private search(t: number, low: number, high: number): number {
    const { knots } = this
    let a = low
    let b = high
    while (a < b) {
      const middle = (a + b + 1) >>> 1
      if (knots[middle]! <= t) a = middle
      else b = middle - 1
    }
    return a
  }
}

function fraction(t: number, start: number, end: number): number {
  return t === end ? 1 : (t - start) / (end - start)
}

function extended(y: Float64Array, s: Float64Array | null): Float64Array {
  const z = new Float64Array(y.length + (s === null ? 0 : s.length))
  z.set(y)
  if (s !== null) z.set(s, y.length)
  return z
}
