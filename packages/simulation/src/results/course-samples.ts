import type { SubjectRun } from '../course/subject-run.ts'
import { findCrossing } from './find-crossing.ts'
import { findPeak, type Place } from './find-peak.ts'
import { sampleTimes } from './sample-times.ts'

/** Gauss–Legendre nodes and weights on [0, 1], five points: exact for polynomials of degree 9. */
const GAUSS_NODES = [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.953089922969332]
const GAUSS_WEIGHTS = [
  0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454,
]

/**
 * A run sampled several times within every step, both sides of every event, from which extremes, crossings and integrals
 * of some quantities are refined on the continuous solution. The samples are taken at the first question that needs them.
 */
export class CourseSamples {
  readonly start: number
  readonly end: number
  readonly #run: SubjectRun
  readonly #sampled: readonly number[]
  /** Times, ascending; an event time occurs twice, first before, then after it. */
  #times = new Float64Array()
  /** By quantity. */
  readonly #columns = new Map<number, Float64Array>()
  readonly #extremes = new Map<string, Place>()

  /** `sampled`: the quantities, by index, of which extremes and crossings will be asked. */
  constructor(run: SubjectRun, sampled: Iterable<number>) {
    this.start = run.start
    this.end = run.end
    this.#run = run
    this.#sampled = [...new Set(sampled)]
  }

  /** The quantity at t, after what happens there. */
  at(q: number, t: number): number {
    return this.#run.value(q, t)
  }

  /** Largest (sign 1) or smallest (sign -1) value on [from, to] and the first time it is reached. */
  extreme(q: number, from: number, to: number, sign: 1 | -1): Place {
    const key = `${q} ${from} ${to} ${sign}`
    const found = this.#extremes.get(key) ?? this.#findExtreme(q, from, to, sign)
    this.#extremes.set(key, found)
    return found
  }

  #findExtreme(q: number, from: number, to: number, sign: 1 | -1): Place {
    const values = this.#column(q)
    const times = this.#times
    let best = sign * this.at(q, from)
    let time = from
    let place = -1
    for (let k = this.#firstAfter(from); k < times.length && times[k]! <= to; k++) {
      const height = sign * values[k]!
      if (height > best) {
        best = height
        time = times[k]!
        place = k
      }
    }
    const last = sign * this.at(q, to)
    if (last > best) return { value: sign * last, time: to }
    const peak = place < 0 ? null : this.#refine(q, place, from, to, sign)
    return peak !== null && peak.value > best
      ? { value: sign * peak.value, time: peak.time }
      : { value: sign * best, time }
  }

  /** The highest of sign · quantity between the neighbours of sample k; null where an event is among them. */
  #refine(q: number, k: number, from: number, to: number, sign: 1 | -1): Place | null {
    const times = this.#times
    const time = times[k]!
    if (this.#isEvent(time)) return null
    const height = (t: number) => sign * this.at(q, t)
    const place = (t: number): Place => ({ time: t, value: height(t) })
    const left = k > 0 ? Math.max(times[k - 1]!, from) : time
    const right = k + 1 < times.length ? Math.min(times[k + 1]!, to) : time
    if (!(right > left)) return null
    return findPeak(height, place(left), place(time), place(right))
  }

  /** First time on [from, to] at which the quantity is above (sign 1) or below (sign -1) the threshold; NaN if never. */
  firstCrossing(q: number, from: number, to: number, threshold: number, sign: 1 | -1): number {
    const values = this.#column(q)
    const times = this.#times
    let excess = sign * (this.at(q, from) - threshold)
    if (excess > 0) return from
    let previous = from
    for (let k = this.#firstAfter(from); k < times.length; k++) {
      const t = Math.min(times[k]!, to)
      const next = sign * ((times[k]! > to ? this.at(q, to) : values[k]!) - threshold)
      if (next > 0) return this.#crossing(q, previous, t, excess, next, threshold, sign)
      if (times[k]! >= to) return Number.NaN
      previous = t
      excess = next
    }
    return Number.NaN
  }

  /** Time spent above (sign 1) or below (sign -1) the threshold on [from, to]. */
  timeBeyond(q: number, from: number, to: number, threshold: number, sign: 1 | -1): number {
    const values = this.#column(q)
    const times = this.#times
    let total = 0
    let previous = from
    let excess = sign * (this.at(q, from) - threshold)
    for (let k = this.#firstAfter(from); previous < to; k++) {
      const isLast = k >= times.length || times[k]! >= to
      const t = isLast ? to : times[k]!
      const next = sign * ((isLast ? this.at(q, to) : values[k]!) - threshold)
      if (t > previous) {
        if (next > 0 && excess > 0) total += t - previous
        else if (next > 0) total += t - this.#crossing(q, previous, t, excess, next, threshold, sign)
        else if (excess > 0) {
          const down = sign === 1 ? -1 : 1
          total += this.#crossing(q, previous, t, -excess, -next, threshold, down) - previous
        }
      }
      excess = next
      previous = t
      if (isLast) break
    }
    return total
  }

  /** ∫ quantity dt over [from, to], Gauss–Legendre within every step. */
  integral(q: number, from: number, to: number): number {
    const { knots, memory } = this.#run
    const perPiece = GAUSS_NODES.length
    const times = memory.column(-1, perPiece * Math.max(knots.length - 1, 0))
    const widths: number[] = []
    for (let k = 0; k + 1 < knots.length; k++) {
      const a = Math.max(knots[k]!, from)
      const width = Math.min(knots[k + 1]!, to) - a
      if (!(width > 0)) continue
      const first = perPiece * widths.length
      for (let g = 0; g < perPiece; g++) times[first + g] = a + GAUSS_NODES[g]! * width
      widths.push(width)
    }
    const values = memory.column(-2, perPiece * widths.length)
    this.#run.readColumns(times.subarray(0, values.length), [q], [values])
    return widths.reduce((total, width, k) => {
      let sum = 0
      for (let g = 0; g < perPiece; g++) sum += GAUSS_WEIGHTS[g]! * values[perPiece * k + g]!
      return total + sum * width
    }, 0)
  }

  /** The time in (a, b] at which the quantity goes beyond the threshold, given that it is not at a and is just before or at b. */
  #crossing(
    q: number,
    a: number,
    b: number,
    excessAtA: number,
    excessAtB: number,
    threshold: number,
    sign: 1 | -1,
  ): number {
    return findCrossing((t) => sign * (this.at(q, t) - threshold), a, b, excessAtA, excessAtB)
  }

  #column(q: number): Float64Array {
    if (this.#columns.size === 0) this.#sample()
    const values = this.#columns.get(q)
    if (values === undefined) throw new Error(`quantity ${q} was not among those to be sampled`)
    return values
  }

  #sample(): void {
    const { memory } = this.#run
    const { times, before } = sampleTimes(this.#run)
    const columns = this.#sampled.map((_, k) => memory.column(1 + k, times.length))
    this.#run.readColumns(times, this.#sampled, columns, before)
    this.#times = times
    this.#sampled.forEach((q, k) => {
      this.#columns.set(q, columns[k]!)
    })
  }

  /** Index of the first sample later than t. */
  #firstAfter(t: number): number {
    let low = 0
    let high = this.#times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#times[middle]! > t) high = middle
      else low = middle + 1
    }
    return low
  }

  #isEvent(t: number): boolean {
    return this.#run.eventTimes.includes(t)
  }
}
