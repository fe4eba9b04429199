import type { RootCondition } from './options.ts'

/** Parts of a step at whose ends the conditions are looked at. */
const samples = 4
/** Share of the step to which a root is located: 2^-50. */
const resolution = 8.881_784_197_001_252e-16

/** The continuous extension of the step at hand. */
interface StepReader {
  evaluateLast(t: number, out: Float64Array): void
}

/**
 * Watches root conditions along the continuous extension.
 *
 * Each condition is sampled four times a step; two roots of one condition between two samples are not seen. A located
 * root is the first time at which the new sign (or zero) holds, to 2^-50 of the step, so a run that begins there does
 * not find it again.
 */
export class RootMonitor {
  /** Index of the condition whose root was found last. */
  index = 0

  private readonly conditions: readonly RootCondition[]
  private readonly signs: Float64Array
  private readonly before: Float64Array
  private readonly y: Float64Array

  constructor(conditions: readonly RootCondition[], dimension: number) {
    this.conditions = conditions
    this.signs = new Float64Array(conditions.length)
    this.before = new Float64Array(conditions.length)
    this.y = new Float64Array(dimension)
  }

  /** Takes the signs where the run starts. A zero is neither side: leaving it is no root. */
  start(t: number, y: Float64Array): void {
    this.crossed(t, y)
  }

  /** Takes the signs after an event at `t`; true when the jump changed one in a wanted direction. */
  jump(t: number, y: Float64Array): boolean {
    return this.crossed(t, y)
  }

  /** First root in the step from `start` to `end`, NaN when there is none. */
  locate(start: number, end: number, step: StepReader): number {
    if (this.conditions.length === 0) return Number.NaN
    const { y, signs, before } = this
    let low = start
    for (let sample = 1; sample <= samples; sample++) {
      const high = sample === samples ? end : start + (sample / samples) * (end - start)
      before.set(signs)
      step.evaluateLast(high, y)
      if (this.crossed(high, y)) return this.bisect(low, high, resolution * (end - start), step)
      low = high
    }
    return Number.NaN
  }

  /** The first crossing of any condition in (from, to], where there is one; `before` holds the signs at `from`. */
  private bisect(from: number, to: number, width: number, step: StepReader): number {
    const { y, signs, before } = this
    let low = from
    let high = to
    while (high - low > width) {
      const middle = low + 0.5 * (high - low)
      if (!(middle > low && middle < high)) break
      step.evaluateLast(middle, y)
      signs.set(before)
      if (this.crossed(middle, y)) high = middle
      else {
        low = middle
        before.set(signs)
      }
    }
    step.evaluateLast(high, y)
    signs.set(before)
    this.crossed(high, y)
    return high
  }

  /** Takes all signs; true when one changed in a wanted direction, the first of which `index` then names. */
  private crossed(t: number, y: Float64Array): boolean {
    const { conditions, signs } = this
    let found = false
    for (let index = 0; index < conditions.length; index++) {
      const condition = conditions[index]!
      const before = signs[index]!
      const value = condition.value(t, y)
      if (!(value < 0 || value >= 0)) {
        throw new RangeError(`root condition ${index} gave ${value} at t = ${t}; it must give a number everywhere`)
      }
      const direction = condition.direction ?? 0
      const rises = before < 0 && value >= 0
      const falls = before > 0 && value <= 0
      signs[index] = Math.sign(value)
      if (!found && ((rises && direction >= 0) || (falls && direction <= 0))) {
        found = true
        this.index = index
      }
    }
    return found
  }
}
