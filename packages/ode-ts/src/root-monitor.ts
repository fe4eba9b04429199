import type { RootCondition } from './options.ts'
import type { System } from './system.ts'

/** Parts of a step at whose ends the conditions are looked at. */
const samples = 4
/** Share of a part over which a condition is differenced at its ends: 2^-20. */
const slopeShare = 9.536_743_164_062_5e-7
/** Most evaluations in the search for the turning point of a condition. */
const mostTurning = 40
/** Share of the step to which a root is located: 2^-50. */
const resolution = 8.881_784_197_001_252e-16
/** Ratio of the golden section. */
const golden = 0.381_966_011_250_105_1

/** The continuous extension of the step at hand. */
interface StepReader {
  evaluate(t: number, first: number, out: Float64Array): void
}

/**
 * Watches root conditions along the continuous extension.
 *
 * Each condition is sampled four times a step. Where it goes towards zero at one sample and away from it at the next
 * without a change of sign, its turning point is looked for: two roots may lie about it. A located root is the first
 * time at which the new sign (or zero) holds, to 2^-50 of the step, so a run that begins there does not find it again.
 */
export class RootMonitor {
  /** Number of conditions. */
  readonly count: number
  /** 1 for each condition whose root was found last. */
  readonly fired: Uint8Array

  private readonly conditions: readonly RootCondition[]
  private readonly signs: Float64Array
  private readonly before: Float64Array
  /** Side to which the root led, for conditions that changed the state at the present time; 0 for others. */
  private readonly led: Float64Array
  private readonly atLow: Float64Array
  private readonly atHigh: Float64Array
  private readonly y: Float64Array

  constructor(conditions: readonly RootCondition[], dimension: number) {
    this.count = conditions.length
    this.conditions = conditions
    this.fired = new Uint8Array(this.count)
    this.signs = new Float64Array(this.count)
    this.before = new Float64Array(this.count)
    this.led = new Float64Array(this.count)
    this.atLow = new Float64Array(this.count)
    this.atHigh = new Float64Array(this.count)
    this.y = new Float64Array(dimension)
  }

  /** Takes the signs where the run starts. A zero is neither side: leaving it is no root. */
  start(t: number, y: Float64Array): void {
    this.crossed(t, y)
    this.fired.fill(0)
  }

  /** Takes the signs after a jump at `t`; true when it changed one in a wanted direction. */
  jump(t: number, y: Float64Array): boolean {
    return this.crossed(t, y)
  }

  /**
   * Takes the signs after the state was changed at roots of the conditions marked in `changed`: their own changes of
   * sign do not count. True when the sign of another changed in a wanted direction.
   */
  settle(t: number, y: Float64Array, changed: Uint8Array): boolean {
    const { signs, fired, before, led } = this
    before.set(signs)
    this.crossed(t, y)
    let found = false
    for (let index = 0; index < fired.length; index++) {
      if (changed[index] === 0) {
        if (fired[index] === 1) found = true
        continue
      }
      fired[index] = 0
      if (led[index] === 0) led[index] = before[index]! || (this.conditions[index]!.direction ?? 0)
    }
    return found
  }

  /**
   * Settles on which side of zero the conditions that changed the state are about to be, where they are exactly zero:
   * where the solution takes them, else whence they came, so that a body at rest on its ground does not fall through it.
   * `slope` is room for f(t, y).
   */
  depart(t: number, y: Float64Array, system: System, slope: Float64Array): void {
    const { signs, led } = this
    for (let index = 0; index < signs.length; index++) {
      if (led[index] === 0) continue
      if (signs[index] === 0) signs[index] = this.heading(index, t, y, system, slope) || -led[index]!
      led[index] = 0
    }
  }

  /** First root in the step from `start` to `end`, NaN when there is none. */
  locate(start: number, end: number, step: StepReader): number {
    const { conditions, y, atLow, atHigh } = this
    if (conditions.length === 0) return Number.NaN
    const width = resolution * (end - start)
    step.evaluate(start, 0, y)
    this.values(start, y, atLow)
    let low = start
    for (let sample = 1; sample <= samples; sample++) {
      const high = sample === samples ? end : start + (sample / samples) * (end - start)
      step.evaluate(high, 0, y)
      this.values(high, y, atHigh)
      for (;;) {
        const turn = this.firstTurn(low, high, step)
        if (!(turn < high)) break
        const root = this.root(low, turn, width, step)
        if (root >= start) return root
        low = turn
        step.evaluate(low, 0, y)
        this.values(low, y, atLow)
      }
      const root = this.root(low, high, width, step)
      if (root >= start) return root
      low = high
      atLow.set(atHigh)
    }
    return Number.NaN
  }

  /** The first crossing in a wanted direction in (low, high], when the signs at `high` show one. */
  private root(low: number, high: number, width: number, step: StepReader): number {
    this.before.set(this.signs)
    step.evaluate(high, 0, this.y)
    return this.crossed(high, this.y) ? this.bisect(low, high, width, step) : Number.NaN
  }

  private bisect(from: number, to: number, width: number, step: StepReader): number {
    const { y, signs, before } = this
    let low = from
    let high = to
    while (high - low > width) {
      const middle = low + 0.5 * (high - low)
      if (!(middle > low && middle < high)) break
      step.evaluate(middle, 0, y)
      signs.set(before)
      if (this.crossed(middle, y)) high = middle
      else {
        low = middle
        before.set(signs)
      }
    }
    step.evaluate(high, 0, y)
    signs.set(before)
    this.crossed(high, y)
    return high
  }

  /** First time in (low, high) at which a condition that has one sign at both ends has the other; NaN when none has. */
  private firstTurn(low: number, high: number, step: StepReader): number {
    let first = Number.NaN
    for (let index = 0; index < this.conditions.length; index++) {
      const turn = this.turn(index, low, high, step)
      if (!(turn >= first)) first = turn < high ? turn : first
    }
    return first
  }

  private turn(index: number, low: number, high: number, step: StepReader): number {
    const left = this.atLow[index]!
    const right = this.atHigh[index]!
    const sign = Math.sign(left)
    if (sign === 0 || sign !== Math.sign(right)) return Number.NaN
    const part = slopeShare * (high - low)
    if (!(sign * this.at(index, low + part, step) < sign * left)) return Number.NaN
    if (!(sign * this.at(index, high - part, step) < sign * right)) return Number.NaN
    let a = low
    let b = high
    let x = a + golden * (b - a)
    let best = sign * this.at(index, x, step)
    for (let i = 0; i < mostTurning && best > 0; i++) {
      const tryRight = b - x > x - a
      const next = tryRight ? x + golden * (b - x) : x - golden * (x - a)
      const value = sign * this.at(index, next, step)
      if (value < best) {
        if (tryRight) a = x
        else b = x
        x = next
        best = value
      } else if (tryRight) b = next
      else a = next
    }
    return best <= 0 ? x : Number.NaN
  }

  private at(index: number, t: number, step: StepReader): number {
    step.evaluate(t, 0, this.y)
    return this.value(index, t, this.y)
  }

  private values(t: number, y: Float64Array, out: Float64Array): void {
    for (let index = 0; index < out.length; index++) out[index] = this.value(index, t, y)
  }

  private value(index: number, t: number, y: Float64Array): number {
    const value = this.conditions[index]!.value(t, y)
    if (!(value < 0 || value >= 0)) {
      throw new RangeError(`root condition ${index} gave ${value} at t = ${t}; it must give a number everywhere`)
    }
    return value
  }

  /** Takes all signs; true when one changed in a wanted direction, and `fired` says which. */
  private crossed(t: number, y: Float64Array): boolean {
    const { conditions, signs, fired } = this
    let found = false
    for (let index = 0; index < conditions.length; index++) {
      const before = signs[index]!
      const value = this.value(index, t, y)
      const direction = conditions[index]!.direction ?? 0
      const rises = before < 0 && value >= 0
      const falls = before > 0 && value <= 0
      signs[index] = Math.sign(value)
      const fires = (rises && direction >= 0) || (falls && direction <= 0)
      fired[index] = fires ? 1 : 0
      if (fires) found = true
    }
    return found
  }

  /** Sign that condition `index`, zero at (t, y), takes along the slope there. */
  private heading(index: number, t: number, y: Float64Array, system: System, slope: Float64Array): number {
    const moved = this.y
    system.derivative(t, y, slope)
    let fastest = 0
    for (let i = 0; i < y.length; i++) {
      fastest = Math.max(fastest, Math.abs(slope[i]!) / Math.max(Math.abs(y[i]!), 1))
    }
    const ahead = 1e-8 / Math.max(fastest, 1e-8)
    for (let i = 0; i < y.length; i++) moved[i] = y[i]! + ahead * slope[i]!
    return Math.sign(this.value(index, t + ahead, moved))
  }
}
