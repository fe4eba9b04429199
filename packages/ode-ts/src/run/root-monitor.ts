import type { RootCondition } from '../options.ts'

/** Parts of a step at whose ends the conditions are looked at. */
const samples = 4
/** Parts of a part over which a sign changes. */
const closerSamples = 8
/** Share of a part over which a condition is differenced at its ends: 2^-20. */
const slopeShare = 9.536_743_164_062_5e-7
/** Shares of a part after which a condition that was zero is looked at again, further on where rounding hides a change. */
const leavingShares = [slopeShare, 0.000_976_562_5, 0.5]
/** Share of t below which the rounding of times blurs how a condition changes: 2^-40. */
const leastResolved = 9.094_947_017_729_282e-13
/** Most evaluations in the search for the turning point of a condition. */
const mostTurning = 40
/** Share of the step to which a root is located at least, 2^-60: mostly to the last digit of its time. */
const resolution = 8.673_617_379_884_035e-19
/** Ratio of the golden section. */
const golden = 0.381_966_011_250_105_1
/** In units of the last place of its end, how far behind the end of the run a root may lie and still be at the end. */
const endRounding = 64

/** The continuous extension of the step at hand. */
interface StepReader {
  evaluate(t: number, first: number, out: Float64Array): void
  evaluateEntries(t: number, entries: Int32Array, out: Float64Array): void
}

/**
 * Watches root conditions along the continuous extension.
 *
 * Each condition is sampled four times a step. Where it goes towards zero at one sample and away from it at the next
 * without a change of sign, its turning point is looked for: two roots may lie about it. Between two samples of different
 * sign it is sampled more closely, for there may be three. A located root is the first time at which the new sign (or
 * zero) holds, so a run that begins there does not find it again.
 */
export class RootMonitor {
  /** Number of conditions. */
  readonly count: number
  /** 1 for each condition whose root was found last. */
  readonly fired: Uint8Array
  /** Whether the right-hand side jumps at roots of some. */
  readonly hasJumps: boolean

  private readonly conditions: readonly RootCondition[]
  private readonly signs: Float64Array
  /** `signs` and `led` before the last step was looked at. */
  private readonly signsBefore: Float64Array
  private readonly ledBefore: Float64Array
  /** Side to which the condition crossed zero when it fired, 0 where it did not. */
  private readonly ways: Float64Array
  private readonly before: Float64Array
  /** Side to which the root led, for conditions that changed the state at the present time; 0 for others. */
  private readonly led: Float64Array
  private readonly atLow: Float64Array
  private readonly atHigh: Float64Array
  private readonly present: Float64Array
  /** 1 for each condition that turns within the part at hand. */
  private readonly turning: Uint8Array
  private readonly y: Float64Array
  /** The states that some condition reads; null: all. */
  private readonly states: Int32Array | null

  constructor(conditions: readonly RootCondition[], dimension: number) {
    this.count = conditions.length
    this.conditions = conditions
    this.hasJumps = conditions.some(({ jumps }) => jumps === true)
    this.fired = new Uint8Array(this.count)
    this.signs = new Float64Array(this.count)
    this.signsBefore = new Float64Array(this.count)
    this.ledBefore = new Float64Array(this.count)
    this.ways = new Float64Array(this.count)
    this.before = new Float64Array(this.count)
    this.led = new Float64Array(this.count)
    this.atLow = new Float64Array(this.count)
    this.atHigh = new Float64Array(this.count)
    this.present = new Float64Array(this.count)
    this.turning = new Uint8Array(this.count)
    this.y = new Float64Array(dimension)
    this.states = statesOf(conditions)
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
    const { fired, ways, before, led } = this
    before.set(ways)
    this.crossed(t, y)
    let found = false
    for (let index = 0; index < fired.length; index++) {
      if (changed[index] === 0) {
        if (fired[index] === 1) found = true
        continue
      }
      fired[index] = 0
      if (led[index] === 0) led[index] = before[index]!
    }
    return found
  }

  /**
   * First root in the step from `start` to `end`, NaN when there is none. `isLast`: the run ends there, so a root that
   * rounding alone puts behind it counts.
   */
  locate(start: number, end: number, step: StepReader, isLast = false): number {
    if (this.conditions.length === 0) return Number.NaN
    this.signsBefore.set(this.signs)
    this.ledBefore.set(this.led)
    const root = this.scan(start, end, samples, resolution * (end - start), step)
    if (root >= start || !isLast) return root
    return this.touchesEnd(end, (end - start) / samples, step) ? end : Number.NaN
  }

  /**
   * First root in (from, to], where `step` is the extension of a step that ends at `from`; NaN when there is none, and then
   * nothing has been noted.
   */
  locateBehind(from: number, to: number, step: StepReader): number {
    const root = this.root(from, to, resolution * (to - from), step)
    if (!(root >= from)) this.signs.set(this.before)
    return root
  }

  /**
   * Where the extension of the step that ends at `from` would meet the first jump of the right-hand side up to `to`,
   * Infinity where it meets none. Nothing is noted.
   */
  foresee(from: number, to: number, step: StepReader): number {
    const { conditions, signs, y } = this
    let first = Number.POSITIVE_INFINITY
    for (let index = 0; index < this.count; index++) {
      const { value, jumps } = conditions[index]!
      // so far behind its step an extension may lead to where a condition is no number
      const changes = (t: number) => {
        this.look(t, step)
        return signs[index]! * value(t, y) < 0
      }
      let low = from
      let high = Math.min(first, to)
      if (jumps !== true || !changes(high)) continue
      for (let i = 0; i < mostTurning; i++) {
        const middle = low + 0.5 * (high - low)
        if (!(middle > low && middle < high)) break
        if (changes(middle)) high = middle
        else low = middle
      }
      first = high
    }
    return first
  }

  /** Whether the right-hand side jumps at the root found last. */
  jumpsAtRoot(): boolean {
    for (let index = 0; index < this.count; index++) {
      if (this.fired[index] === 1 && this.conditions[index]!.jumps === true) return true
    }
    return false
  }

  /** Forgets the step looked at last, which is to be taken again. */
  forget(): void {
    this.signs.set(this.signsBefore)
    this.led.set(this.ledBefore)
    this.fired.fill(0)
  }

  /**
   * First root in (from, to], looked for in so many parts; a part over which a sign changes is looked at in parts of its
   * own. The signs are those at `from`, then those at the root or at `to`.
   */
  private scan(from: number, to: number, parts: number, width: number, step: StepReader): number {
    const { y, atLow, atHigh } = this
    this.look(from, step)
    this.values(from, y, atLow)
    let low = from
    for (let part = 1; part <= parts; part++) {
      const high = part === parts ? to : from + (part / parts) * (to - from)
      this.look(high, step)
      this.values(high, y, atHigh)
      this.leaveZero(low, high, step)
      const root =
        parts === samples && this.changesSign()
          ? this.scan(low, high, closerSamples, width, step)
          : this.rootInPart(low, high, width, step)
      if (root >= from) return root
      low = high
      atLow.set(atHigh)
    }
    return Number.NaN
  }

  /** First root in (low, high], where a condition has at most two. */
  private rootInPart(from: number, high: number, width: number, step: StepReader): number {
    let low = from
    for (;;) {
      const turn = this.firstTurn(low, high, step)
      const isTurn = turn < high
      const root = isTurn ? this.root(low, turn, width, step) : this.rootBefore(low, high, width, step)
      if (root >= low || !isTurn) return root
      low = turn
      this.look(low, step)
      this.values(low, this.y, this.atLow)
    }
  }

  private changesSign(): boolean {
    const { signs, atHigh } = this
    for (let index = 0; index < signs.length; index++) if (Math.sign(atHigh[index]!) !== signs[index]) return true
    return false
  }

  /**
   * Gives conditions that are zero at `low` the side that they take from there; one that stays zero is on none. A
   * condition that has just changed the state, and whose solution would leave to the side where the root led without a
   * speed of its own, stays on the side whence it came: a body at rest on its ground does not fall through it.
   */
  private leaveZero(low: number, high: number, step: StepReader): void {
    const { signs, led } = this
    for (let index = 0; index < signs.length; index++) {
      for (const share of leavingShares) {
        if (signs[index] !== 0) break
        const near = low + share * (high - low)
        const far = low + 2 * share * (high - low)
        const value = this.at(index, near, step)
        const side = Math.sign(value)
        // In twice the time a speed of its own would have taken it twice as far, and an acceleration four times.
        const bend = this.at(index, far, step) / (far - low) / (value / (near - low))
        const isAtRest = side === led[index] && (bend > 1.5 || high - low < leastResolved * Math.abs(high))
        signs[index] = isAtRest ? -side : side
      }
      led[index] = 0
    }
  }

  /** Whether a condition goes to zero so close to the end of the run that rounding alone keeps it from being there. */
  private touchesEnd(end: number, part: number, step: StepReader): boolean {
    const { conditions, signs, fired, ways } = this
    const reach = endRounding * Number.EPSILON * Math.abs(end)
    const back = Math.max(slopeShare * part, 2 * reach)
    let found = false
    for (let index = 0; index < conditions.length; index++) {
      const direction = conditions[index]!.direction ?? 0
      const side = signs[index]!
      const last = this.at(index, end, step)
      const rate = (last - this.at(index, end - back, step)) / back
      const fires = side !== 0 && side * direction <= 0 && side * rate < 0 && Math.abs(last) <= reach * Math.abs(rate)
      fired[index] = fires ? 1 : 0
      ways[index] = fires ? -side : 0
      if (fires) found = true
    }
    return found
  }

  /** The first crossing in a wanted direction in (low, high], when the signs at `high` show one. */
  private root(low: number, high: number, width: number, step: StepReader): number {
    this.before.set(this.signs)
    this.look(high, step)
    return this.crossed(high, this.y) ? this.bisect(low, high, width, step) : Number.NaN
  }

  /** The same where the values at `high` are in `atHigh`. */
  private rootBefore(low: number, high: number, width: number, step: StepReader): number {
    this.before.set(this.signs)
    return this.crossedBy(this.atHigh) ? this.bisect(low, high, width, step) : Number.NaN
  }

  private bisect(from: number, to: number, width: number, step: StepReader): number {
    const { y, signs, before } = this
    let low = from
    let high = to
    while (high - low > width) {
      const middle = low + 0.5 * (high - low)
      if (!(middle > low && middle < high)) break
      this.look(middle, step)
      signs.set(before)
      if (this.crossed(middle, y)) high = middle
      else {
        low = middle
        before.set(signs)
      }
    }
    this.look(high, step)
    signs.set(before)
    this.crossed(high, y)
    return high
  }

  /** First time in (low, high) at which a condition that has one sign at both ends has the other; NaN when none has. */
  private firstTurn(low: number, high: number, step: StepReader): number {
    if (!this.findTurning(low, high, step)) return Number.NaN
    let first = Number.NaN
    for (let index = 0; index < this.count; index++) {
      const turn = this.turning[index] === 1 ? this.turn(index, low, high, step) : Number.NaN
      if (!(turn >= first)) first = turn < high ? turn : first
    }
    return first
  }

  /** Marks the conditions that have one sign at both ends, go towards zero at the first and away from it at the last. */
  private findTurning(low: number, high: number, step: StepReader): boolean {
    const { atLow, atHigh, turning } = this
    const part = slopeShare * (high - low)
    let some = false
    for (let index = 0; index < this.count; index++) {
      const sign = Math.sign(atLow[index]!)
      turning[index] = sign !== 0 && sign === Math.sign(atHigh[index]!) ? 1 : 0
      if (turning[index] === 1) some = true
    }
    return some && this.keepTurning(low + part, atLow, step) && this.keepTurning(high - part, atHigh, step)
  }

  /** Of the marked conditions keeps those that are nearer to zero at `t` than they are `beside` it; false when none is. */
  private keepTurning(t: number, beside: Float64Array, step: StepReader): boolean {
    const { turning, y } = this
    // the state is read once for all
    this.look(t, step)
    let some = false
    for (let index = 0; index < this.count; index++) {
      if (turning[index] === 0) continue
      const sign = Math.sign(beside[index]!)
      if (sign * this.value(index, t, y) < sign * beside[index]!) some = true
      else turning[index] = 0
    }
    return some
  }

  private turn(index: number, low: number, high: number, step: StepReader): number {
    const sign = Math.sign(this.atLow[index]!)
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

  /** Reads what the conditions need of the state at `t`. */
  private look(t: number, step: StepReader): void {
    if (this.states === null) step.evaluate(t, 0, this.y)
    else step.evaluateEntries(t, this.states, this.y)
  }

  private at(index: number, t: number, step: StepReader): number {
    this.look(t, step)
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
    this.values(t, y, this.present)
    return this.crossedBy(this.present)
  }

  private crossedBy(values: Float64Array): boolean {
    const { conditions, signs, fired, ways } = this
    let found = false
    for (let index = 0; index < conditions.length; index++) {
      const before = signs[index]!
      const value = values[index]!
      const { direction = 0, jumps = false } = conditions[index]!
      // on the edge itself the right-hand side may still be the old one
      const isOnEdge = jumps && value === 0 && before !== 0
      const rises = before < 0 && value >= 0 && !isOnEdge
      const falls = before > 0 && value <= 0 && !isOnEdge
      signs[index] = isOnEdge ? before : Math.sign(value)
      const fires = (rises && direction >= 0) || (falls && direction <= 0)
      fired[index] = fires ? 1 : 0
      ways[index] = fires ? (rises ? 1 : -1) : 0
      if (fires) found = true
    }
    return found
  }
}

/** The states that some condition reads, ascending; null where one does not say. */
function statesOf(conditions: readonly RootCondition[]): Int32Array | null {
  const all = new Set<number>()
  for (const { states } of conditions) {
    if (states === undefined) return null
    for (const state of states) all.add(state)
  }
  return Int32Array.from(all).sort()
}
