import type { Failure, Outcome } from 'ode-ts'
import { Acceleration } from './accelerate.ts'

/** What happens from one dose to the next in a regimen that has gone on for ever. */
export interface Period {
  /**
   * Carries y (and s, m × n) over one period in place, and raises `peak` to the largest size of each state on the way.
   * Anything but 'finished' ends the search.
   */
  advance(y: Float64Array, s: Float64Array | null, peak: Float64Array): Outcome
}

/** A state that repeats after each period, with its sensitivities; or why there is none. */
export type PeriodicState =
  | { readonly status: 'found'; readonly y: Float64Array; readonly s: Float64Array | null }
  | { readonly status: 'failed'; readonly reason: Failure; readonly message: string }
  | { readonly status: 'stopped' }

/** Where and how a periodic state is looked for. */
export interface PeriodicSearch {
  /** Where the iteration starts, with sensitivities where they are wanted. */
  readonly y: Float64Array
  readonly s: Float64Array | null
  readonly names: readonly string[]
  /** Accuracy of a run, of which the state found is a small share. */
  readonly rtol: number
  readonly atol: number | Float64Array
}

const mostPeriods = 400
/** Share of a run's tolerance by which a state may change over a period at which the iteration ends. */
const share = 1e-3
/** Below this share of its size a change is rounding. */
const rounding = 5e-14
/** Steps without acceleration at first, so that what dies away quickly is gone. */
const plainSteps = 2
const depth = 12
/** Share of its largest change to which the change of an entry has to fall. */
const lessened = 1e-3
/**
 * Leaps below 0 are taken only where the first steps without them came to nothing: linear equations bear them, and of many
 * intervals much shorter than what happens in them the way leads there.
 */
const strictUntil = 25
const freeUntil = 250
/** Steps without progress after which what is near enough is taken. */
const patience = 8

/**
 * The state that repeats after each period, to which the solution from `search.y` tends: the fixed point of the map over
 * one period by Anderson's acceleration, then its sensitivities by the same from S = M S + ∂P/∂p, with the state held.
 *
 * Not found is a state that keeps growing or oscillating, and one that the solution leaves when it is disturbed a little.
 */
export function periodicState(period: Period, search: PeriodicSearch): PeriodicState {
  const { y: first, s: firstS, names, rtol, atol } = search
  const n = first.length
  /** Largest sizes of the states in the last period. */
  const peak = first.map(Math.abs)
  const atolOf = (i: number) => (typeof atol === 'number' ? atol : atol[i]!)
  const scaleOf = (out: Float64Array) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(share * (atolOf(i) + rtol * peak[i]!), rounding * peak[i]!, 1e-300)
  }
  const farthest = Math.max(10, 1e-6 / rtol)
  let ended: Outcome | undefined
  const image = (x: Float64Array): Float64Array | undefined => {
    const g = x.slice()
    peak.fill(0)
    ended = period.advance(g, null, peak)
    return ended.status === 'finished' ? g : undefined
  }
  const isPositive = first.every((value) => value >= 0)
  const isAllowed = (next: Float64Array) => !isPositive || next.every((value, i) => value >= -1e-9 * peak[i]!)
  const found = fixedPoint(first, image, scaleOf, isAllowed, farthest)
  if (found.status === 'failed') return failed(ended, stillChanging(found, names))
  const { y } = found
  if (!attracts(first, y, image, peak))
    return failed(ended, 'the solution moves away from the state that would repeat: it grows or oscillates')
  if (firstS === null) return { status: 'found', y, s: null }
  const sPeak = firstS.map(Math.abs)
  const imageOfS = (x: Float64Array): Float64Array | undefined => {
    const g = x.slice()
    ended = period.advance(y.slice(), g, peak)
    for (let k = 0; k < sPeak.length; k++) sPeak[k] = Math.max(Math.abs(x[k]!), Math.abs(g[k]!))
    return ended.status === 'finished' ? g : undefined
  }
  const scaleOfS = (out: Float64Array) => {
    const relative = Math.max(share * rtol, 1e-12)
    for (let row = 0; row < sPeak.length; row += n) {
      let largest = 0
      for (let k = row; k < row + n; k++) largest = Math.max(largest, sPeak[k]!)
      for (let k = row; k < row + n; k++) out[k] = Math.max(relative * sPeak[k]!, 1e-14 * largest, 1e-300)
    }
  }
  const sensitivities = fixedPoint(firstS, imageOfS, scaleOfS, () => true, farthest)
  if (sensitivities.status === 'failed')
    return failed(ended, `its sensitivities do not come to rest: ${stillChanging(sensitivities, [])}`)
  return { status: 'found', y, s: sensitivities.y }
}

type FixedPoint = { readonly status: 'found'; readonly y: Float64Array } | Unsettled

interface Unsettled {
  readonly status: 'failed'
  readonly periods: number
  /** The entry that changes most in units of its scale, its value and by how much it changes. */
  readonly worst: { readonly index: number; readonly value: number; readonly change: number }
}

/**
 * Iterates until a step changes nothing in units of the scale, or no less than before although it is near that.
 *
 * What goes on by the same amount in each period is no smaller for being small beside what it has come to: in the end every
 * entry changes by no more than a small share of its largest change on the way, and the acceleration sees the end near.
 *
 * @param farthest how far from the end, in tolerances of a run, what cannot be improved may be.
 */
function fixedPoint(
  first: Float64Array,
  image: (x: Float64Array) => Float64Array | undefined,
  /** Writes for each entry a change that counts as none. */
  scaleOf: (out: Float64Array) => void,
  isAllowed: (next: Float64Array) => boolean,
  farthest: number,
): FixedPoint {
  const acceleration = new Acceleration(depth)
  const scale = new Float64Array(first.length)
  /** The small share of the largest change of each entry, at least what counted as none at first. */
  const largest = new Float64Array(first.length)
  let x: Float64Array = first.slice()
  let lastImage: Float64Array = x
  let worst = { index: 0, value: Number.NaN, change: Number.NaN }
  let best: { readonly distance: number; readonly y: Float64Array; readonly at: number } = {
    distance: Number.POSITIVE_INFINITY,
    y: x,
    at: 0,
  }
  for (let periods = 1; periods <= mostPeriods; periods++) {
    const g = image(x)
    if (g === undefined) {
      // a leap may have gone too far; where the last plain step leads was not tried yet
      if (x === lastImage) return { status: 'failed', periods, worst }
      acceleration.restart()
      x = lastImage
      continue
    }
    scaleOf(scale)
    let distance = 0
    let isLess = true
    for (let i = 0; i < x.length; i++) {
      const change = Math.abs(g[i]! - x[i]!)
      largest[i] = Math.max(largest[i]!, change * lessened, periods <= plainSteps ? scale[i]! : 0)
      // a change lost in rounding is not seen
      if (!(Math.max(change, Number.EPSILON * Math.abs(g[i]!)) <= largest[i]!)) isLess = false
      const relative = change / scale[i]!
      if (relative <= distance) continue
      distance = relative
      worst = { index: i, value: g[i]!, change: g[i]! - x[i]! }
    }
    if (distance === 0 && isLess) return { status: 'found', y: g }
    lastImage = g
    if (periods <= plainSteps) {
      x = g
      continue
    }
    const next = acceleration.next(x, g, scale)
    let leap = 0
    for (let i = 0; i < x.length; i++) {
      const relative = Math.abs(next[i]! - g[i]!) / scale[i]!
      if (!(relative <= leap)) leap = relative
    }
    if (isLess && isAllowed(g)) {
      if (distance <= 1 && leap <= 1 / share) return { status: 'found', y: g }
      if (distance < best.distance && leap <= farthest / share) best = { distance, y: g, at: periods }
    }
    // within the tolerance of a run, and the iteration brings no more
    if (best.distance <= 1 / share && periods - best.at >= patience) return { status: 'found', y: best.y }
    const isFree = periods > strictUntil && periods <= freeUntil
    if (leap < Number.POSITIVE_INFINITY && (isFree || isAllowed(next))) x = next
    else {
      acceleration.restart()
      x = g
    }
  }
  return { status: 'failed', periods: mostPeriods, worst }
}

/** How far from the state a disturbance begins, as a share of the sizes of the states. */
const disturbance = 0.05
/** Periods for which it is followed. */
const mostFollowed = 30
/** How much smaller it has to be then at least: neither what grows nor what goes on for ever comes to rest. */
const smaller = 1e-9

/** Whether a small disturbance towards where the iteration began becomes smaller. */
function attracts(
  first: Float64Array,
  y: Float64Array,
  image: (x: Float64Array) => Float64Array | undefined,
  peak: Float64Array,
): boolean {
  const base = image(y)
  if (base === undefined) return false
  const unit = peak.slice()
  const size = (v: Float64Array) => {
    let sum = 0
    for (let i = 0; i < v.length; i++) if (unit[i]! > 0) sum += Math.abs(v[i]!) / unit[i]!
    return sum
  }
  const way = first.map((value, i) => value - y[i]!)
  const length = size(way)
  if (!(length > 0)) return true
  const start = Math.min(length, disturbance * y.length)
  let away = way.map((value) => (value * start) / length)
  let periodsSmaller = 0
  for (let period = 0; period < mostFollowed; period++) {
    const moved = image(y.map((value, i) => value + away[i]!))
    if (moved === undefined) return false
    away = moved.map((value, i) => value - base[i]!)
    const now = size(away)
    if (now <= 1e-3 * start) return true
    periodsSmaller = now <= start * (1 - smaller) ? periodsSmaller + 1 : 0
    if (periodsSmaller === 3) return true
    if (!(now < 1e3 * start)) return false
  }
  return false
}

function stillChanging({ periods, worst }: Unsettled, names: readonly string[]): string {
  const name = names[worst.index] ?? `entry ${worst.index}`
  return `after ${periods} intervals ${name} = ${worst.value} still changes by ${worst.change} from one to the next`
}

/** `message` where all intervals could be run, or amounts grew beyond all numbers. */
function failed(outcome: Outcome | undefined, message: string): PeriodicState {
  if (outcome?.status === 'stopped') return { status: 'stopped' }
  if (outcome?.status === 'failed' && outcome.reason !== 'non-finite')
    return { status: 'failed', reason: outcome.reason, message: outcome.message }
  return { status: 'failed', reason: 'not-steady', message }
}
