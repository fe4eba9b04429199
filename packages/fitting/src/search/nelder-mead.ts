import type { Evaluated, Evaluation, ResidualProblem } from './residual-problem.ts'
import {
  oriented,
  type Simplex,
  shortestEdge,
  simplexAbout,
  simplexGradient,
  simplexStep,
  spanOf,
  type Vertex,
} from './simplex.ts'
import type { TrustRegionIteration, TrustRegionResult } from './trust-region.ts'

/** When to end; defaults in brackets. Lengths are in units of a coordinate: 1 on a log, logit or probit scale, else |start|. */
export interface NelderMeadOptions {
  /** Most iterations (1000 for each coordinate). */
  readonly maxIterations?: number
  /** Differences of the objective below this times its scale (1e-12) are taken for rounding. */
  readonly objectiveTolerance?: number
  /** A simplex that is no longer than this (1e-8) has closed. */
  readonly stepTolerance?: number
  /** Edge of the first simplex (0.25). */
  readonly edge?: number
  readonly shouldStop?: () => boolean
}

/** A simplex whose objectives agree to rounding has closed when it is no longer than this. */
const small = 1e-4

/** Most simplices in a row. */
const mostSimplices = 40

/** A gain of the mean objective below this share of what the simplex gradient promises is stagnation (C. T. Kelley). */
const enough = 1e-4

/**
 * Minimises an objective within bounds without its derivatives: the simplex of Nelder and Mead with coefficients by dimension
 * (`simplexStep`), coordinates projected onto their bounds, and oriented restarts where it stagnates away from a minimum
 * (C. T. Kelley, SIAM J. Optim. 10:43, 1999). Where a simplex has closed, a new one is set up about its best point, until two
 * in a row gain nothing.
 *
 * For objectives that jump or have kinks, where `trustRegion` gives up; elsewhere it takes many times the evaluations.
 * Points that cannot be evaluated count as worse than any other. Yields after every iteration. Derivatives are taken at the
 * end alone; where there are none, `evaluation.jacobian` is empty.
 */
export function* nelderMead(
  problem: ResidualProblem,
  start: Float64Array,
  options: NelderMeadOptions = {},
): Generator<TrustRegionIteration, TrustRegionResult, void> {
  const n = problem.dimension
  const {
    maxIterations = 1000 * n,
    objectiveTolerance = 1e-12,
    stepTolerance = 1e-8,
    edge: firstEdge = 0.25,
    shouldStop,
  } = options
  const origin = start.map((value, j) => within(problem, value, j))
  let evaluations = 1
  let iterations = 0
  const initial = problem.evaluate(origin, false)
  if (initial.status === 'stopped') return { outcome: initial, x: origin, evaluation: null, iterations, evaluations }
  const startFault = faultOf(initial)
  if (initial.status === 'failed' || startFault !== '') {
    const message = `the objective cannot be evaluated at the start values: ${startFault}`
    return { outcome: { status: 'failed', message }, x: origin, evaluation: null, iterations, evaluations }
  }
  // a sum of squares is its own scale and falls with it
  const ownScale = initial.scale === initial.objective
  const rounding = (f: number): number => objectiveTolerance * (ownScale ? f : initial.scale)

  const unit = origin.map((value, j) => unitOf(problem, value, j))
  const pointOf = (y: Float64Array): Float64Array => y.map((value, j) => within(problem, value * unit[j]!, j))
  let stopped = false
  let tried = NaN
  const make = (y: Float64Array): Vertex => {
    const x = pointOf(y)
    const evaluation: Evaluation = stopped ? { status: 'stopped' } : problem.evaluate(x, false)
    evaluations++
    if (evaluation.status === 'stopped') stopped = true
    tried = evaluation.status === 'evaluated' && faultOf(evaluation) === '' ? evaluation.objective : NaN
    return { x: x.map((value, j) => value / unit[j]!), f: Number.isNaN(tried) ? Infinity : tried }
  }
  const end = (outcome: TrustRegionResult['outcome'], best: Vertex): TrustRegionResult => {
    const x = pointOf(best.x)
    return { outcome, x, evaluation: finalEvaluation(problem, x), iterations, evaluations: evaluations + 1 }
  }

  let best: Vertex = { x: origin.map((value, j) => value / unit[j]!), f: initial.objective }
  let edge = firstEdge
  let barren = 0
  for (let round = 0; round < mostSimplices; round++) {
    const before = best.f
    // the other way round each time, so that a simplex that has collapsed is not set up again
    let simplex = simplexAbout(best, round % 2 === 0 ? edge : -edge, make)
    let turned = false
    for (;;) {
      best = simplex[0]!
      if (stopped || shouldStop?.() === true) return end({ status: 'stopped' }, best)
      const span = spanOf(simplex)
      if (span <= stepTolerance || (span <= small && simplex[n]!.f - best.f <= rounding(best.f))) break
      if (iterations >= maxIterations) return end({ status: 'iteration-limit' }, best)
      iterations++
      const gradient: Float64Array | null = turned ? null : simplexGradient(simplex)
      const next = simplexStep(simplex, make)
      const improved = next[0]!.f < best.f
      if (improved) turned = false
      if (!improved && gradient !== null && stagnates(simplex, next, gradient)) {
        turned = true
        simplex = oriented(next, gradient, make)
      } else simplex = next
      yield {
        iteration: iterations,
        evaluations,
        objective: tried,
        best: simplex[0]!.f,
        x: pointOf(simplex[0]!.x),
        gradient: NaN,
        stepSize: span,
        accepted: improved,
      }
    }
    barren = before - best.f <= rounding(before) ? barren + 1 : 0
    if (barren >= 2) return end({ status: 'converged', reason: 'objective' }, best)
    edge = Math.max(0.01, 0.5 * edge)
  }
  return end({ status: 'converged', reason: 'step' }, best)
}

/** Whether the mean of the vertices fell by less than a descent along the simplex gradient would. */
function stagnates(simplex: Simplex, next: Simplex, gradient: Float64Array): boolean {
  const gain = meanOf(simplex) - meanOf(next)
  let square = 0
  for (const g of gradient) square += g * g
  return gain >= 0 && gain < enough * Math.sqrt(square) * shortestEdge(simplex)
}

function meanOf(simplex: Simplex): number {
  let sum = 0
  for (const { f } of simplex) sum += f
  return sum / simplex.length
}

function within({ lower, upper }: ResidualProblem, value: number, j: number): number {
  return Math.min(upper[j]!, Math.max(lower[j]!, value))
}

/** The length in which a coordinate's changes are told. */
function unitOf({ longestStep, lower, upper }: ResidualProblem, value: number, j: number): number {
  if (longestStep[j]! < Infinity) return 1
  const width = upper[j]! - lower[j]!
  if (value !== 0) return Math.min(Math.abs(value), width)
  return Number.isFinite(width) ? width : 1
}

function faultOf(evaluation: Evaluation): string {
  if (evaluation.status !== 'evaluated') return evaluation.status === 'failed' ? evaluation.reason : evaluation.status
  return Number.isFinite(evaluation.objective) ? '' : `the objective is ${evaluation.objective}`
}

/** The point a search without derivatives ends at: with derivatives where there are any, else with an empty Jacobian. */
export function finalEvaluation(problem: ResidualProblem, x: Float64Array): Evaluated | null {
  const full = problem.evaluate(x)
  if (full.status === 'evaluated' && full.jacobian.every(Number.isFinite)) return full
  const plain = problem.evaluate(x, false)
  return plain.status === 'evaluated' ? { ...plain, jacobian: new Float64Array(0) } : null
}
