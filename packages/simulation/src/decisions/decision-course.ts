import type { SubjectRun } from '../course/subject-run.ts'
import { findCrossing } from '../results/find-crossing.ts'
import { findPeak } from '../results/find-peak.ts'
import { sampleTimes } from '../results/sample-times.ts'
import type { DecisionMotion } from './decision-motion.ts'
import type { Span, Spans } from './decision-spans.ts'

/** A quantity, by index, against a number. */
export interface Comparison {
  readonly quantity: number
  /** For messages: the rule and the name of the quantity. */
  readonly where: string
  readonly threshold: number
  /** Side of the threshold on which it holds: 1 above, -1 below. */
  readonly side: 1 | -1
  /** Whether it holds on the threshold itself. */
  readonly inclusive: boolean
}

/** A value of a quantity and its time; `isLater` where it follows another of the same time, with a dose between them. */
interface Sample {
  readonly time: number
  readonly value: number
  readonly isLater: boolean
}

/**
 * A run from the sight of rules: when comparisons hold, from roots on the continuous solution. Each step is sampled several
 * times, either side of every event, and where a quantity turns towards the threshold between samples, at its turning point.
 */
export class DecisionCourse {
  readonly #run: SubjectRun
  readonly #times: Float64Array
  readonly #columns: ReadonlyMap<number, Float64Array>
  readonly #motion: DecisionMotion | null

  /** `quantities`: those, by index, that are compared, from `start` on. `motion`: null where no sensitivities are wanted. */
  constructor(run: SubjectRun, start: number, quantities: Iterable<number>, motion: DecisionMotion | null) {
    const { times, before } = sampleTimes(run, start)
    const wanted = [...new Set(quantities)]
    const columns = wanted.map((_, k) => run.memory.column(1 + k, times.length))
    run.readColumns(times, wanted, columns, before)
    this.#run = run
    this.#motion = motion
    this.#times = times
    this.#columns = new Map(wanted.map((q, k) => [q, columns[k]!]))
  }

  /** When a comparison holds, from `start` (after the doses there) to the end of the run and, as it is there, beyond. */
  spans(comparison: Comparison, start: number): Spans {
    const spans: Span[] = []
    let since: Pick<Span, 'from' | 'moves'> = { from: Number.NaN }
    let last: Sample | undefined
    let held = false
    for (const sample of this.#samples(comparison, start)) {
      const now = holds(comparison, sample.value)
      if (last === undefined) since = { from: start, moves: this.#motion?.ofStart(start) }
      else if (now !== held) {
        const time = this.#change(comparison, last, sample, now)
        if (now) since = { from: time, moves: this.#motionAt(comparison, time, sample.isLater) }
        else spans.push({ ...since, to: time })
      }
      held = now
      last = sample
    }
    if (held) spans.push({ ...since, to: Number.POSITIVE_INFINITY })
    return spans.filter(({ from, to }) => from < to)
  }

  #motionAt(comparison: Comparison, time: number, jumps: boolean): Float64Array | undefined {
    return jumps ? this.#motion?.ofEvent(comparison, time) : this.#motion?.ofRoot(this.#run, comparison, time)
  }

  /** The first time after `a` at which a comparison is what it is at `b`, in contrast to at `a`. */
  #change(comparison: Comparison, a: Sample, b: Sample, wanted: boolean): number {
    const excess = (value: number) => {
      const distance = Math.abs(value - comparison.threshold)
      return holds(comparison, value) === wanted ? Math.max(distance, Number.MIN_VALUE) : -distance
    }
    const at = (t: number) => excess(this.#run.value(comparison.quantity, t))
    return findCrossing(at, a.time, b.time, excess(a.value), excess(b.value))
  }

  /** The quantity from `start` on, with those turning points at which the comparison is not what it is about them. */
  *#samples(comparison: Comparison, start: number): Generator<Sample> {
    const { quantity } = comparison
    const values = this.#columns.get(quantity)!
    const times = this.#times
    let earlier: Sample | undefined
    let sample: Sample = { time: start, value: this.#run.value(quantity, start), isLater: true }
    for (let k = firstAfter(times, start); k < times.length; k++) {
      const next = { time: times[k]!, value: values[k]!, isLater: times[k] === sample.time }
      const turn = earlier === undefined ? null : this.#turn(comparison, earlier, sample, next)
      if (turn !== null && turn.time < sample.time) yield turn
      yield sample
      if (turn !== null && turn.time > sample.time) yield turn
      earlier = sample
      sample = next
    }
    yield sample
  }

  /** The extreme about `centre` where the comparison is neither what it is there nor at its neighbours; null where there is none. */
  #turn(comparison: Comparison, left: Sample, centre: Sample, right: Sample): Sample | null {
    const { quantity, side } = comparison
    if (centre.isLater || right.isLater) return null
    const held = holds(comparison, centre.value)
    if (holds(comparison, left.value) !== held || holds(comparison, right.value) !== held) return null
    const up = held ? -side : side
    const isTurn = up * (centre.value - left.value) >= 0 && up * (centre.value - right.value) >= 0
    if (!isTurn || (centre.value === left.value && centre.value === right.value)) return null
    const place = ({ time, value }: Sample) => ({ time, value: up * value })
    const peak = findPeak((t) => up * this.#run.value(quantity, t), place(left), place(centre), place(right))
    const value = up * peak.value
    return holds(comparison, value) === held ? null : { time: peak.time, value, isLater: false }
  }
}

function holds({ threshold, side, inclusive }: Comparison, value: number): boolean {
  return inclusive ? side * value >= side * threshold : side * value > side * threshold
}

/** Index of the first time later than t. */
function firstAfter(times: Float64Array, t: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! > t) high = middle
    else low = middle + 1
  }
  return low
}
