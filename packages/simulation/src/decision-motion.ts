import type { Comparison } from './decision-course.ts'
import type { EventRecord } from './event-record.ts'
import type { SubjectRun } from './simulate-subject.ts'

/** Share of a step at which a quantity is differenced. */
const share = 1 / 50
/** So close to a root, in that length, a quantity is looked at for a jump, and what it changes there at most without one. */
const closely = 1e-7
const jumpShare = 1e-3
const nodes = [-2, -1, 0, 1, 2]

/** How the times at which comparisons begin to hold move with the parameters of the sensitivities. */
export class DecisionMotion {
  readonly #width: number
  readonly #parameterCount: number
  readonly #start: number
  /** Of records that do not move. */
  readonly #fixedTimes: ReadonlySet<number>
  readonly #moving: ReadonlyMap<EventRecord, Float64Array>
  readonly #decisions = new Map<number, Float64Array>()
  readonly #s: Float64Array

  /** `width`: number of quantities; `moving`: of what was decided, which may grow. */
  constructor(
    { start, records }: { readonly start: number; readonly records: readonly EventRecord[] },
    width: number,
    parameterCount: number,
    moving: ReadonlyMap<EventRecord, Float64Array>,
  ) {
    this.#width = width
    this.#parameterCount = parameterCount
    this.#start = start
    this.#fixedTimes = new Set(records.map(({ time }) => time))
    this.#moving = moving
    this.#s = new Float64Array(parameterCount * width)
  }

  /** A decision was made. */
  decided(time: number, moves: Float64Array): void {
    this.#decisions.set(time, moves)
  }

  /**
   * Of a root t(p) of g(t, p) = quantity − threshold: ∂t/∂p = −(∂g/∂p)/(∂g/∂t). Throws a RangeError where g does not pass
   * the threshold at a speed, as a quantity in steps does.
   */
  ofRoot(run: SubjectRun, { quantity, where }: Comparison, time: number): Float64Array {
    run.readSensitivities(time, this.#s)
    const speed = speedOf(run, quantity, time)
    const moves = Float64Array.from(
      { length: this.#parameterCount },
      (_, j) => -this.#s[j * this.#width + quantity]! / speed,
    )
    if (moves.every(Number.isFinite)) return moves
    throw new RangeError(
      `${where} has no derivative at ${time}, which sensitivities need; compare a quantity that changes without a jump`,
    )
  }

  /** Of a jump of the quantity at an event, or of the start. Throws a RangeError where it is not known how the event moves. */
  ofEvent({ where }: Comparison, time: number): Float64Array | undefined {
    const decision = this.#decisions.get(time)
    if (decision !== undefined) return decision
    for (const [record, moves] of this.#moving) if (record.time === time) return moves
    if (time === this.#start || this.#fixedTimes.has(time)) return undefined
    throw new RangeError(`${where} is that of a jump at ${time}, of which sensitivities are not known`)
  }
}

/** The rate at which a quantity changes, from five values within the step; NaN where it jumps at `time`. */
function speedOf(run: SubjectRun, quantity: number, time: number): number {
  const { knots } = run
  let low = 0
  let high = knots.length - 1
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (knots[middle]! <= time) low = middle
    else high = middle
  }
  const [a, b] = [knots[low]!, knots[high]!]
  const h = share * (b - a)
  const centre = Math.min(Math.max(time, a + 3 * h), b - 3 * h)
  const values = nodes.map((k) => run.value(quantity, centre + k * h))
  const jump = run.value(quantity, time) - run.value(quantity, time - closely * h)
  if (Math.abs(jump) > jumpShare * (Math.max(...values) - Math.min(...values))) return Number.NaN
  const x = (time - centre) / h
  // derivatives of the Lagrange polynomials at x
  let speed = 0
  for (const [i, node] of nodes.entries()) {
    let slope = 0
    for (const skipped of nodes) {
      if (skipped === node) continue
      let product = 1 / (node - skipped)
      for (const other of nodes) if (other !== node && other !== skipped) product *= (x - other) / (node - other)
      slope += product
    }
    speed += slope * values[i]!
  }
  return speed / h
}
