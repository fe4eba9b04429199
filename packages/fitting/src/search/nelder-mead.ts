import type { Evaluated, Evaluation, ResidualProblem } from './residual-problem.ts'
import {
  axesDown,
  type Simplex,
  simplexAbout,
  simplexGradient,
  simplexStep,
  spanOf,
  turnedAxes,
  type Vertex,
} from './simplex.ts'
import type { TrustRegionIteration, TrustRegionResult } from './trust-region.ts'

/** When to end; defaults in brackets. Lengths are in units of a coordinate: 1 on a log, logit or probit scale, else |start|. */
export interface NelderMeadOptions {
  /** Most iterations (1000 for each coordinate). */
  readonly maxIterations?: number
  /** Edge of the first simplex (0.25). */
  readonly edge?: number
  readonly shouldStop?: () => boolean
}

/** Differences of the objective below this times its scale are taken for rounding. */
const objectiveTolerance = 1e-12

/** A simplex that is no longer than this has closed. */
const stepTolerance = 1e-8

/** A simplex whose objectives agree to rounding has closed when it is no longer than this. */
const small = 1e-4

/** Simplices in a row that gain nothing. */
const mostBarren = 3

/** Most simplices. */
const mostSimplices = 40

/**
 * Minimises an objective within bounds without its derivatives: the simplex of Nelder and Mead with coefficients by dimension
 * (`simplexStep`) and coordinates projected onto their bounds. A simplex may close short of a minimum, so a new one is set up
 * about its best point, oriented by the gradient of the closed one (C. T. Kelley, SIAM J. Optim. 10:43, 1999), until three in a
 * row, the last two along turned axes, gain nothing.
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
  const { maxIterations = 1000 * n, edge: firstEdge = 0.25, shouldStop } = options
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
  let gradient: Float64Array | null = null
  for (let round = 0; round < mostSimplices; round++) {
    const before = best.f
    const directions = barren === 0 ? axesDown(gradient, edge, n) : turnedAxes(edge, n, round)
    let simplex: Simplex = simplexAbout(best, directions, make)
    for (;;) {
      best = simplex[0]!
      if (stopped || shouldStop?.() === true) return end({ status: 'stopped' }, best)
      const span = spanOf(simplex)
      if (span <= stepTolerance || (span <= small && simplex[n]!.f - best.f <= rounding(best.f))) break
      if (iterations >= maxIterations) return end({ status: 'iteration-limit' }, best)
      iterations++
      simplex = simplexStep(simplex, make)
      yield {
        iteration: iterations,
        evaluations,
        objective: tried,
        best: simplex[0]!.f,
        x: pointOf(simplex[0]!.x),
        gradient: NaN,
        gradients: new Float64Array(n).fill(NaN),
        offset: NaN,
        stepSize: span,
        accepted: simplex[0]!.f < best.f,
      }
    }
    gradient = simplexGradient(simplex)
    barren = before - best.f <= rounding(before) ? barren + 1 : 0
    if (barren >= mostBarren) return end({ status: 'converged', reason: 'objective' }, best)
    edge = Math.max(0.01, 0.5 * edge)
  }
  return end({ status: 'converged', reason: 'step' }, best)
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
