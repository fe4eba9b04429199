import { exp, log, log1p } from '@cartkin/numerics'
import { integrate, type System, type TimeEvent, type Trajectory, tsit5 } from 'ode-ts'
import { findCrossing } from '../results/find-crossing.ts'

/** Rates of division and death of one cell over time, and where they may jump. */
export interface BirthDeathRates {
  readonly birth: (t: number) => number
  readonly death: (t: number) => number
  readonly jumps?: ArrayLike<number>
}

/**
 * A birth-death process whose rates λ(t) and μ(t) change with time, in closed form. Of the descendants that one cell of
 * time `start` has at t, the number is 0 with probability 1 − s and else geometric with mean w:
 *
 *     d(log w)/dt = λ − μ + μ/w,    d(log s)/dt = −μ/w,    w = s = 1 at the start.
 *
 * These are the integrals of D. G. Kendall, "On the generalized birth-and-death process", Ann. Math. Statist. 19:1–15, 1948,
 * eqs. 9–12 (1 − s = ξ, 1 − 1/w = η), on a scale on which they neither overflow nor cancel. Cells are independent.
 *
 * Throws a RangeError for a rate that is negative or no number.
 */
export class BirthDeathCourse {
  readonly start: number
  readonly end: number
  readonly #solution: Trajectory
  readonly #state = new Float64Array(2)

  constructor(rates: BirthDeathRates, start: number, end: number) {
    const { trajectory, outcome } = integrate(
      {
        system: kendall(rates),
        stateNames: ['log w', 'log s'],
        t0: start,
        y0: new Float64Array(2),
        t1: end,
        events: restarts(rates, start, end),
      },
      tsit5,
      { rtol: 1e-8, atol: 1e-9 },
    )
    if (outcome.status !== 'finished')
      throw new RangeError(`the birth-death process from ${start} to ${end} ended as ${JSON.stringify(outcome)}`)
    this.start = start
    this.end = end
    this.#solution = trajectory
  }

  /** Logarithm of the probability that a cell of the start has descendants at t. */
  logSurvival(t: number): number {
    this.#solution.state(t, this.#state)
    return Math.min(this.#state[1]!, 0)
  }

  /** Logarithm of the mean number of descendants at t, where there are any. */
  logSurvivors(t: number): number {
    this.#solution.state(t, this.#state)
    return Math.max(this.#state[0]!, 0)
  }

  /** Logarithm of the mean number of descendants at t of one cell. */
  logMean(t: number): number {
    this.#solution.state(t, this.#state)
    return this.#state[0]! + this.#state[1]!
  }

  /** Probability that no descendant of so many cells is left at t. */
  extinctionProbability(t: number, cells: number): number {
    return exp(cells * log1p(-exp(this.logSurvival(t))))
  }

  /** First time at which the probability of descendants is not above `u`; NaN where it is to the end. */
  extinctionTime(u: number): number {
    return this.#firstTime((t) => log(u) - this.logSurvival(t))
  }

  /** First time at or after `from` at which the mean number of descendants has grown above exp(logarithm); NaN if never. */
  firstMeanAbove(logarithm: number, from: number): number {
    return this.#firstTime((t) => this.logMean(t) - logarithm, from)
  }

  /** When the mean number of descendants is least on [start, to]. */
  leastMean(to: number): number {
    let best = this.start
    for (const t of [...this.#solution.knots.filter((knot) => knot <= to), to]) {
      if (this.logMean(t) < this.logMean(best)) best = t
    }
    return best
  }

  #firstTime(excess: (t: number) => number, from = this.start): number {
    let previous = from
    let before = excess(from)
    if (before > 0) return from
    for (const t of this.#solution.knots) {
      if (t <= from) continue
      const next = excess(t)
      if (next > 0) return findCrossing(excess, previous, t, before, next)
      previous = t
      before = next
    }
    return Number.NaN
  }
}

function kendall({ birth, death }: BirthDeathRates): System {
  return {
    dimension: 2,
    derivative: (t, y, dydt) => {
      const lambda = rate(birth(t), 'birth', t)
      const mu = rate(death(t), 'death', t)
      const perSurvivor = mu * exp(-y[0]!)
      dydt[0] = lambda - mu + perSurvivor
      dydt[1] = -perSurvivor
    },
  }
}

function rate(value: number, what: string, t: number): number {
  if (!(value >= 0)) throw new RangeError(`the rate of ${what} must be at least 0, got ${value} at ${t}`)
  return value
}

function restarts({ jumps = [] }: BirthDeathRates, start: number, end: number): readonly TimeEvent[] {
  return Array.from(jumps)
    .filter((t) => t > start && t < end)
    .map((t) => ({ t, apply: () => {} }))
}
