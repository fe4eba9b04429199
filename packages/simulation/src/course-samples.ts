import type { SubjectRun } from './simulate-subject.ts'

/** Samples per accepted step: enough to bracket every extreme of a quartic or quintic piece. */
const PER_STEP = 6

/** Gauss–Legendre nodes and weights on [0, 1], five points: exact for polynomials of degree 9. */
const GAUSS_NODES = [0.04691007703066802, 0.23076534494715845, 0.5, 0.7692346550528415, 0.953089922969332]
const GAUSS_WEIGHTS = [
  0.11846344252809454, 0.23931433524968324, 0.28444444444444444, 0.23931433524968324, 0.11846344252809454,
]

const GOLDEN = 0.3819660112501051

/**
 * A run sampled several times within every step, both sides of every event, from which extremes, crossings and integrals
 * of any quantity are refined on the continuous solution.
 */
export class CourseSamples {
  readonly start: number
  readonly end: number
  readonly #run: SubjectRun
  readonly #width: number
  readonly #buffer: Float64Array
  /** Times, ascending; an event time occurs twice, first before, then after it. */
  readonly #times: Float64Array
  readonly #values: Float64Array

  constructor(run: SubjectRun, width: number) {
    this.start = run.start
    this.end = run.end
    this.#run = run
    this.#width = width
    this.#buffer = new Float64Array(width)
    const { times, before } = sampleTimes(run)
    this.#times = times
    this.#values = new Float64Array(times.length * width)
    for (let k = 0; k < times.length; k++) {
      run.read(times[k]!, this.#buffer, before[k] === 1 ? 'before' : 'after')
      this.#values.set(this.#buffer, k * width)
    }
  }

  /** The quantity at t, after what happens there. */
  at(q: number, t: number): number {
    this.#run.read(t, this.#buffer)
    return this.#buffer[q]!
  }

  /** Largest (sign 1) or smallest (sign -1) value on [from, to] and the first time it is reached. */
  extreme(q: number, from: number, to: number, sign: 1 | -1): { readonly value: number; readonly time: number } {
    let best = sign * this.at(q, from)
    let time = from
    let place = -1
    const consider = (value: number, t: number, k: number) => {
      if (sign * value > best) {
        best = sign * value
        time = t
        place = k
      }
    }
    for (let k = this.#firstAfter(from); k < this.#times.length && this.#times[k]! <= to; k++) {
      consider(this.#values[k * this.#width + q]!, this.#times[k]!, k)
    }
    consider(this.at(q, to), to, -1)
    if (place >= 0) {
      const refined = this.#refine(q, place, from, to, sign)
      if (refined.value * sign > best) return refined
    }
    return { value: sign * best, time }
  }

  /** Golden-section search between the neighbours of sample k, where no event lies between them. */
  #refine(q: number, k: number, from: number, to: number, sign: 1 | -1) {
    const times = this.#times
    const centre = times[k]!
    const left = k > 0 && times[k - 1]! < centre && !this.#isEvent(centre) ? times[k - 1]! : centre
    const right = k + 1 < times.length && times[k + 1]! > centre && !this.#isEvent(centre) ? times[k + 1]! : centre
    let a = Math.max(left, from)
    let b = Math.min(right, to)
    let x = a + GOLDEN * (b - a)
    let y = b - GOLDEN * (b - a)
    let fx = sign * this.at(q, x)
    let fy = sign * this.at(q, y)
    // The interval shrinks by 0.618 a turn: below 1e-9 of itself, finer than a smooth peak can be told apart.
    for (let turn = 0; turn < 44 && b > a; turn++) {
      if (fx >= fy) {
        b = y
        y = x
        fy = fx
        x = a + GOLDEN * (b - a)
        fx = sign * this.at(q, x)
      } else {
        a = x
        x = y
        fx = fy
        y = b - GOLDEN * (b - a)
        fy = sign * this.at(q, y)
      }
    }
    return fx >= fy ? { value: sign * fx, time: x } : { value: sign * fy, time: y }
  }

  /** First time on [from, to] at which the quantity is above (sign 1) or below (sign -1) the threshold; NaN if never. */
  firstCrossing(q: number, from: number, to: number, threshold: number, sign: 1 | -1): number {
    if (sign * (this.at(q, from) - threshold) > 0) return from
    let previous = from
    for (let k = this.#firstAfter(from); k < this.#times.length; k++) {
      const t = Math.min(this.#times[k]!, to)
      const value = this.#times[k]! > to ? this.at(q, to) : this.#values[k * this.#width + q]!
      if (sign * (value - threshold) > 0) return this.#bisect(q, previous, t, threshold, sign)
      if (this.#times[k]! >= to) return Number.NaN
      previous = t
    }
    return Number.NaN
  }

  /** Time spent above (sign 1) or below (sign -1) the threshold on [from, to]. */
  timeBeyond(q: number, from: number, to: number, threshold: number, sign: 1 | -1): number {
    let total = 0
    let previous = from
    let wasBeyond = sign * (this.at(q, from) - threshold) > 0
    for (let k = this.#firstAfter(from); previous < to; k++) {
      const last = k >= this.#times.length || this.#times[k]! >= to
      const t = last ? to : this.#times[k]!
      const value = last ? this.at(q, to) : this.#values[k * this.#width + q]!
      const beyond = sign * (value - threshold) > 0
      if (t > previous) {
        if (beyond && wasBeyond) total += t - previous
        else if (beyond) total += t - this.#bisect(q, previous, t, threshold, sign)
        else if (wasBeyond) total += this.#bisect(q, previous, t, threshold, -sign as 1 | -1) - previous
      }
      wasBeyond = beyond
      previous = t
      if (last) break
    }
    return total
  }

  /** ∫ quantity dt over [from, to], Gauss–Legendre within every step. */
  integral(q: number, from: number, to: number): number {
    const knots = this.#run.knots
    let total = 0
    for (let k = 0; k + 1 < knots.length; k++) {
      const a = Math.max(knots[k]!, from)
      const b = Math.min(knots[k + 1]!, to)
      if (!(b > a)) continue
      let sum = 0
      for (let g = 0; g < GAUSS_NODES.length; g++) sum += GAUSS_WEIGHTS[g]! * this.at(q, a + GAUSS_NODES[g]! * (b - a))
      total += sum * (b - a)
    }
    return total
  }

  /** The time in (a, b] at which the quantity goes beyond the threshold, given that it is not at a and is just before or at b. */
  #bisect(q: number, a: number, b: number, threshold: number, sign: 1 | -1): number {
    let low = a
    let high = b
    for (let turn = 0; turn < 60; turn++) {
      const middle = low + (high - low) / 2
      if (!(middle > low && middle < high)) break
      if (sign * (this.at(q, middle) - threshold) > 0) high = middle
      else low = middle
    }
    return high
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

function sampleTimes(run: SubjectRun): { readonly times: Float64Array; readonly before: Uint8Array } {
  const { knots, eventTimes } = run
  const isEvent = new Set(eventTimes)
  const times = new Float64Array(Math.max(knots.length - 1, 0) * (PER_STEP + 1) + 2)
  const before = new Uint8Array(times.length)
  let count = 0
  if (knots.length > 0) times[count++] = knots[0]!
  for (let k = 0; k + 1 < knots.length; k++) {
    const a = knots[k]!
    const b = knots[k + 1]!
    for (let s = 1; s < PER_STEP; s++) times[count++] = a + (s / PER_STEP) * (b - a)
    if (isEvent.has(b)) {
      before[count] = 1
      times[count++] = b
    }
    times[count++] = b
  }
  return { times: times.subarray(0, count), before: before.subarray(0, count) }
}
