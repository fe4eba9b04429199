import type { SubjectSimulation } from '../course/simulate-subject.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import type { Comparison } from './decision-course.ts'

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
  /** How the times of the start, of records and of decisions move; undefined: not at all. */
  readonly #known: Map<number, Float64Array | undefined>
  readonly #hasLags: boolean
  readonly #s: Float64Array

  constructor({ model: { model }, start, records, sensitivities = [] }: SubjectSimulation) {
    this.#width = model.states.length + model.outputs.length
    this.#parameterCount = sensitivities.length
    this.#known = new Map([start, ...records.map(({ time }) => time)].map((time) => [time, undefined]))
    this.#hasLags = model.lag.size > 0
    this.#s = new Float64Array(this.#parameterCount * this.#width)
  }

  /** Something was decided, or is given by a decision, at a time that moves so. */
  happens(time: number, moves: Float64Array | undefined): void {
    this.#known.set(time, moves)
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

  /** Of what holds where a run is looked at from on: the start of the simulation, or a decision. */
  ofStart(time: number): Float64Array | undefined {
    return this.#known.get(time)
  }

  /** Of a jump of the quantity at an event. Throws a RangeError where it is not known how the event moves. */
  ofEvent({ where }: Comparison, time: number): Float64Array | undefined {
    if (this.#known.has(time) && !this.#hasLags) return this.#known.get(time)
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
