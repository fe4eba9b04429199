import { boundedStep } from './bounded-step.ts'
import { unitOf } from './coordinate-unit.ts'
import { type EvaluatedPoint, findKink, isKinkSuspected, type Rejection, reference, rejection } from './kink.ts'
import type { ResidualProblem } from './residual-problem.ts'
import { triangularize } from './triangularize.ts'

/** What becomes of a search at a kink, and the evaluations it took to know. */
export interface KinkMove {
  readonly status: 'moved' | 'unmoved' | 'stopped'
  /** Where the search goes on; null where it stays or stops. */
  readonly to: EvaluatedPoint | null
  readonly evaluations: number
}

/** How far from a kink its sides are looked at, in units of a coordinate and as a share of the step that found it. */
const aside = 1e-9
const asideInSteps = 1e-6

/** How often a side is looked at farther away, where its derivatives fall and the objective does not. */
const mostLonger = 3

/** Most kinks looked for in vain from one point. */
const mostInVain = 2

/**
 * The kinks to which a search holds: the active set of a minimisation whose objective is smooth on either side of surfaces on
 * which a coordinate has a certain value (as a switch time that meets an observation), and continuous across them.
 *
 * Where 0 lies between the one-sided derivatives across a surface the minimum is on it (F. H. Clarke, "Optimization and
 * Nonsmooth Analysis", 1983, section 2.3), so the search goes on along it; once it can fall no further there, either side is
 * looked at, and the surface is left to a side on which the objective falls (after J. Nocedal, S. J. Wright, "Numerical
 * Optimization", 2006, section 16.5).
 */
export class KinksHeld {
  readonly #problem: ResidualProblem
  /** What a side that counts as falling promises at least, as a share of the objective's scale. */
  readonly #tolerance: number
  /** Coordinates that are held, with the length of the step on which each was found. */
  readonly #held = new Map<number, number>()
  #confined: ResidualProblem
  #past: Rejection | null = null
  /** The last step from here that was rejected. */
  #rejected: { readonly from: EvaluatedPoint; readonly to: EvaluatedPoint } | null = null
  #inVain = 0

  constructor(problem: ResidualProblem, tolerance: number) {
    this.#problem = problem
    this.#confined = problem
    this.#tolerance = tolerance
  }

  /** The problem on the surfaces: bounds of what is held are its value. */
  get confined(): ResidualProblem {
    return this.#confined
  }

  /** Coordinates that are held, ascending. */
  get coordinates(): readonly number[] {
    return [...this.#held.keys()].sort((a, b) => a - b)
  }

  /** To be told of every step that was made. */
  accepted(): void {
    this.#rejected = null
    this.#inVain = 0
  }

  /**
   * To be told of every step that was rejected although both its ends could be evaluated. Where derivatives do not change less
   * as steps become shorter, the kink between is sought: the search goes on from it where that is lower, along its surface
   * or on the side to which the objective falls.
   */
  rejected(from: EvaluatedPoint, to: EvaluatedPoint, scaling: Float64Array): KinkMove {
    const now = rejection(from, to, scaling)
    const isSuspected =
      this.#past !== null && this.#inVain < mostInVain && isKinkSuspected(this.#past, now, from.x.length)
    this.#past = isSuspected ? null : reference(this.#past, now)
    this.#rejected = { from, to }
    return isSuspected ? this.#lookBetween(from, to, scaling) : { status: 'unmoved', to: null, evaluations: 0 }
  }

  /** Where the search would have to give up: looks for a kink on the last step that was rejected, suspected or not. */
  lookAgain(scaling: Float64Array): KinkMove {
    const last = this.#rejected
    this.#rejected = null
    return last === null
      ? { status: 'unmoved', to: null, evaluations: 0 }
      : this.#lookBetween(last.from, last.to, scaling)
  }

  #lookBetween(from: EvaluatedPoint, to: EvaluatedPoint, scaling: Float64Array): KinkMove {
    const { status, kink, evaluations } = findKink(this.#confined, from, to, scaling)
    if (status === 'stopped') return { status, to: null, evaluations }
    const lower = kink === null ? null : lowerOf(kink.before, kink.beyond)
    if (kink === null || lower === null || !(lower.evaluation.objective <= from.evaluation.objective)) {
      this.#inVain++
      return { status: 'unmoved', to: null, evaluations }
    }
    this.accepted()
    const { coordinates, before, beyond } = kink
    const [only] = coordinates
    if (coordinates.length === 1 && only !== undefined) {
      const way = Math.sign(to.x[only]! - from.x[only]!)
      for (const [side, sign] of [
        [beyond, way],
        [before, -way],
      ] as const)
        if (side.evaluation.objective <= from.evaluation.objective && this.#falls(side, only, sign, scaling))
          return { status: 'moved', to: side, evaluations }
    }
    for (const j of coordinates) this.#hold(j, Math.abs(to.x[j]! - from.x[j]!), lower.x)
    return { status: 'moved', to: lower, evaluations }
  }

  /** Leaves a surface to a side on which the objective falls; unmoved where it rises on both sides of all of them. */
  leave(at: EvaluatedPoint, scaling: Float64Array): KinkMove {
    let evaluations = 0
    for (const [j, reach] of [...this.#held])
      for (const sign of [-1, 1]) {
        let distance = Math.max(aside * unitOf(this.#problem, at.x, j), asideInSteps * reach)
        for (let longer = 0; longer < mostLonger; longer++, distance *= 1000) {
          const x = at.x.slice()
          x[j] = Math.min(this.#problem.upper[j]!, Math.max(this.#problem.lower[j]!, x[j]! + sign * distance))
          if (x[j] === at.x[j]) break
          const evaluation = this.#problem.evaluate(x)
          evaluations++
          if (evaluation.status === 'stopped') return { status: 'stopped', to: null, evaluations }
          if (evaluation.status === 'failed') break
          const to = { x, evaluation }
          this.#hold(j, null, at.x)
          if (!this.#falls(to, j, sign, scaling)) {
            this.#hold(j, reach, at.x)
            break
          }
          if (evaluation.objective <= at.evaluation.objective) {
            this.accepted()
            return { status: 'moved', to, evaluations }
          }
          // too short a way for the solver's error
          this.#hold(j, reach, at.x)
        }
      }
    return { status: 'unmoved', to: null, evaluations }
  }

  /** Whether the model of a side goes on into it from the surface, and promises something there. */
  #falls({ x, evaluation }: EvaluatedPoint, j: number, sign: number, scaling: Float64Array): boolean {
    const { lower, upper } = this.#confined
    const triangular = triangularize(evaluation.jacobian, evaluation.residuals, evaluation.rows, x.length)
    const lo = x.map((value, i) => lower[i]! - value)
    const hi = x.map((value, i) => upper[i]! - value)
    const { step, predicted } = boundedStep(triangular, scaling, Infinity, lo, hi)
    return step[j]! * sign > 0 && predicted > this.#tolerance * evaluation.scale
  }

  /** Holds a coordinate, or with null no longer, others as they are. */
  #hold(j: number, reach: number | null, x: Float64Array): void {
    if (reach === null) this.#held.delete(j)
    else this.#held.set(j, reach)
    const held = (bounds: Float64Array) => bounds.map((bound, i) => (this.#held.has(i) ? x[i]! : bound))
    this.#confined = { ...this.#problem, lower: held(this.#problem.lower), upper: held(this.#problem.upper) }
  }
}

function lowerOf(a: EvaluatedPoint, b: EvaluatedPoint): EvaluatedPoint {
  return b.evaluation.objective < a.evaluation.objective ? b : a
}
