import type { FitOutcome } from '../fit-result.ts'
import { boundedStep, halfGradient, scaledLength } from './bounded-step.ts'
import { unitOf } from './coordinate-unit.ts'
import type { EvaluatedPoint } from './kink.ts'
import { KinksHeld } from './kinks-held.ts'
import type { Evaluated, ResidualProblem } from './residual-problem.ts'
import { type Triangular, triangularize } from './triangularize.ts'

/** When to end; defaults in brackets. */
export interface TrustRegionOptions {
  /** Most iterations (500). */
  readonly maxIterations?: number
  /**
   * Converged when the part of the residuals that a Gauss–Newton step could still remove is below this fraction of the
   * rest, both as norms (1e-10): the relative offset of D. M. Bates, D. G. Watts, J. R. Stat. Soc. B 43:1, 1981.
   */
  readonly offsetTolerance?: number
  /**
   * Changes of the objective below this times its scale (1e-12) are taken for rounding. Steps that promise no more are
   * still made while they bring the derivatives nearer to 0; when they no longer do, the search has converged.
   */
  readonly objectiveTolerance?: number
  /** Converged when no coordinate moves by more than this times max(1, |x|), or |x| where it has no natural unit (1e-12). */
  readonly stepTolerance?: number
  readonly shouldStop?: () => boolean
}

/** One iteration, in the optimiser's coordinates. */
export interface TrustRegionIteration {
  readonly iteration: number
  readonly evaluations: number
  /** Objective at the point tried; NaN where it could not be evaluated. */
  readonly objective: number
  readonly best: number
  readonly x: Float64Array
  /** Largest projected gradient component over its column norm and the square root of the objective's scale: a cosine. */
  readonly gradient: number
  /** The same of every coordinate at the best point, with its sign; at a bound that it points out of it does not count for the largest. */
  readonly gradients: Float64Array
  /** The relative offset (see `offsetTolerance`) of the point from which this iteration began. */
  readonly offset: number
  readonly stepSize: number
  readonly accepted: boolean
}

export interface TrustRegionResult {
  readonly outcome: FitOutcome
  readonly x: Float64Array
  /** Coordinates at a kink of the objective, which rises on both sides of it; none at a smooth minimum. */
  readonly kinks?: readonly number[]
  /** At `x`; null where not even the start could be evaluated. */
  readonly evaluation: Evaluated | null
  readonly iterations: number
  readonly evaluations: number
}

/** Longest first step in sizes of the start. */
const firstSteps = 3

/** Longest second-order correction, twice over, as a share of the step; beyond it the correction is not trusted. */
const mostBend = 0.75

/** Promised gains below this share of the objective's scale may be drowned by the error of a numerical solution. */
const noise = 1e-7

/**
 * A search that can go no further has arrived where the step left over is below the square root of this share of the
 * radius of a confidence region (Bates and Watts, as above): what the solver's error hides the data cannot tell either.
 */
const immaterial = 1e-4

/** A Gauss–Newton step below this share of the coordinates' size has arrived, whatever rounding still promises. */
const arrival = 1e-6

/** A scaled gradient (see `TrustRegionIteration`) below this is that of a minimum. */
const flat = 1e-5

/** A sum of squares below this share of that at the start is 0 to rounding, if it is small beside its rows, too. */
const nothing = 1e-30
const smallInRows = 1e-6

const jumping =
  'no step from the best values lowers the objective although its derivative says so: it jumps or has a kink there, ' +
  'or the solution is too inexact; tighten rtol and atol of the solver, or search without derivatives (nelder-mead)'

const unreachable = (reason: string) =>
  `no step from the best values can be evaluated although the objective falls there: ${reason}`

/**
 * Minimises a residual problem within bounds from `start` (projected onto them): Levenberg–Marquardt in trust-region form
 * (J. J. Moré, 1978) with coordinates scaled by their largest column norm so far, bounds by `boundedStep`, and geodesic
 * acceleration where the region is active. Yields after every trial; the best point is never left. A point that cannot be
 * evaluated shrinks the region.
 */
export function* trustRegion(
  whole: ResidualProblem,
  start: Float64Array,
  options: TrustRegionOptions = {},
): Generator<TrustRegionIteration, TrustRegionResult, void> {
  const { maxIterations = 500, offsetTolerance = 1e-10, objectiveTolerance = 1e-12, stepTolerance = 1e-12 } = options
  const n = whole.dimension
  const kinks = new KinksHeld(whole, objectiveTolerance)
  /** The whole, or what is left of it on the kinks that are held. */
  let problem = whole
  let x: Float64Array = start.map((value, j) => Math.min(problem.upper[j]!, Math.max(problem.lower[j]!, value)))
  let evaluations = 1
  let iterations = 0
  const initial = problem.evaluate(x)
  if (initial.status === 'stopped') return { outcome: initial, x, evaluation: null, iterations, evaluations }
  const startFault = initial.status === 'failed' ? initial.reason : fault(initial)
  if (initial.status === 'failed' || startFault !== '') {
    const message = `the objective cannot be evaluated at the start values: ${startFault}`
    return { outcome: { status: 'failed', message }, x, evaluation: null, iterations, evaluations }
  }
  let evaluation: Evaluated = initial
  let triangular = triangularize(evaluation.jacobian, evaluation.residuals, evaluation.rows, n)
  const scaling = new Float64Array(n)
  rescale(scaling, triangular)
  let radius = firstRadius(problem, x, scaling)
  /** Of the steps from this point before any was rejected. */
  let firstHere = radius
  let rejectedInNoise = 0
  let lastFault = ''
  let faults = 0
  const end = (outcome: TrustRegionResult['outcome']): TrustRegionResult => ({
    outcome,
    x,
    evaluation,
    iterations,
    evaluations,
  })

  const go = (to: EvaluatedPoint): void => {
    x = to.x
    evaluation = to.evaluation
    triangular = triangularize(evaluation.jacobian, evaluation.residuals, evaluation.rows, n)
    rescale(scaling, triangular)
    problem = kinks.confined
  }

  /** The end of a search that has arrived; null where it leaves a kink, on which it had, and goes on. */
  const arrive = (result: TrustRegionResult): TrustRegionResult | null => {
    const isStuck = result.outcome.status === 'failed' && faults === 0
    const isOnKink = result.outcome.status === 'converged' && kinks.coordinates.length > 0
    if (!isStuck && !isOnKink) return result
    const move = isStuck ? kinks.lookAgain(scaling) : kinks.leave({ x, evaluation }, scaling)
    evaluations += move.evaluations
    if (move.status === 'stopped') return end({ status: 'stopped' })
    if (move.to === null) {
      if (isStuck) return end(result.outcome)
      return { ...end({ status: 'converged', reason: 'kink' }), kinks: kinks.coordinates }
    }
    go(move.to)
    radius = firstRadius(problem, x, scaling)
    firstHere = radius
    rejectedInNoise = 0
    return null
  }

  /** The end of a search whose steps have become too small to go on: at a minimum, unless a whole step promises more. */
  const settle = (reason: 'step' | 'objective'): TrustRegionResult => {
    const { lo, hi } = box(problem, x)
    const { predicted, step } = boundedStep(triangular, scaling, Infinity, lo, hi)
    const { rows, scale } = evaluation
    const told = rows > n ? (immaterial * n * scale) / (rows - n) : 0
    if (predicted <= Math.max(noise * scale, told)) return end({ status: 'converged', reason })
    const arrived = step.every((p, j) => Math.abs(p) <= arrival * unitOf(problem, x, j))
    if (arrived) return end({ status: 'converged', reason: 'step' })
    // a quadratic model that promises too much, as where the sensitivities become dependent at a minimum
    if (largestInside(problem, scaledGradients(triangular, evaluation.scale), x) <= flat)
      return end({ status: 'converged', reason })
    return end({ status: 'failed', message: faults > 0 ? unreachable(lastFault) : jumping })
  }

  for (;;) {
    if (options.shouldStop?.() === true) return end({ status: 'stopped' })
    const { lo, hi } = box(problem, x)
    const { step, predicted, length, decrement, damped } = boundedStep(triangular, scaling, radius, lo, hi)
    const scale = evaluation.scale
    if (!(decrement < Infinity && predicted >= 0)) {
      const message = 'residuals and derivatives are too large for double precision; start nearer to the data'
      return end({ status: 'failed', message })
    }
    const zero = Math.min(nothing * initial.objective, smallInRows * evaluation.rows)
    if (problem.exactResiduals && evaluation.objective <= zero) return end({ status: 'converged', reason: 'objective' })
    if (decrement <= offsetTolerance * offsetTolerance * Math.max(0, scale - decrement) || !(predicted > 0)) {
      const arrived = arrive(end({ status: 'converged', reason: 'gradient' }))
      if (arrived !== null) return arrived
      continue
    }
    if (iterations >= maxIterations) return end({ status: 'iteration-limit' })
    iterations++
    if (damped !== null && problem.exactResiduals) {
      evaluations++
      const bend = acceleration(problem, x, evaluation, step, damped)
      if (bend !== null && 2 * scaledLength(bend, scaling) <= mostBend * length)
        for (let j = 0; j < n; j++) step[j] = Math.min(hi[j]!, Math.max(lo[j]!, step[j]! + 0.5 * bend[j]!))
    }

    const trial = new Float64Array(n)
    let stepSize = 0
    let moved = false
    for (let j = 0; j < n; j++) {
      trial[j] = onto(problem, x, step[j]!, j)
      stepSize = Math.max(stepSize, Math.abs(step[j]!))
      if (Math.abs(trial[j]! - x[j]!) > stepTolerance * unitOf(problem, x, j)) moved = true
    }
    if (!moved) {
      const settled = arrive(settle('step'))
      if (settled !== null) return settled
      continue
    }
    const next = problem.evaluate(trial)
    evaluations++
    if (next.status === 'stopped') return end(next)
    const nextFault = next.status === 'failed' ? next.reason : fault(next)
    const objective = next.status === 'evaluated' && nextFault === '' ? next.objective : NaN
    const actual = evaluation.objective - objective
    const ratio = actual / predicted
    const rounding = objectiveTolerance * scale
    const nextTriangular =
      next.status === 'evaluated' && nextFault === ''
        ? triangularize(next.jacobian, next.residuals, next.rows, n)
        : null
    const polished =
      nextTriangular !== null &&
      predicted <= rounding &&
      Math.abs(actual) <= rounding &&
      remaining(problem, nextTriangular, scaling, trial) < 0.7 * decrement
    const accepted = ratio > 1e-4 || polished
    if (accepted) {
      rejectedInNoise = 0
      faults = 0
    } else if (nextFault !== '') {
      lastFault = nextFault
      faults++
    } else if (remaining(problem, triangular, scaling, x) <= noise * scale) rejectedInNoise++

    if (polished) radius = Math.max(radius, length)
    else if (!(ratio >= 0.25)) radius = shrunk(length, ratio, predicted, actual)
    else if (ratio > 0.75) radius = Math.max(radius === Infinity ? 0 : radius, 2 * length)
    else radius = Math.max(length, Math.min(radius, 2 * length))

    let passed = false
    if (accepted && next.status === 'evaluated' && nextTriangular !== null) {
      x = trial
      evaluation = next
      triangular = nextTriangular
      rescale(scaling, triangular)
      firstHere = radius
      kinks.accepted()
    } else if (next.status === 'evaluated' && nextFault === '') {
      const move = kinks.rejected({ x, evaluation }, { x: trial, evaluation: next }, scaling)
      evaluations += move.evaluations
      if (move.status === 'stopped') return end({ status: 'stopped' })
      if (move.to !== null) {
        go(move.to)
        radius = firstHere
        rejectedInNoise = 0
        passed = true
      }
    }
    const gradients = scaledGradients(triangular, evaluation.scale)
    yield {
      iteration: iterations,
      evaluations,
      objective,
      best: evaluation.objective,
      x: Float64Array.from(x),
      gradient: largestInside(problem, gradients, x),
      gradients,
      offset: Math.sqrt(decrement / Math.max(scale - decrement, Number.MIN_VALUE)),
      stepSize,
      accepted: accepted || passed,
    }
    if (passed) continue
    if ((predicted <= rounding && !polished && nextFault === '') || rejectedInNoise >= 2) {
      const settled = arrive(settle('objective'))
      if (settled !== null) return settled
    }
  }
}

/** How far each coordinate may move: to its bounds, and no further than its longest step. */
function box({ lower, upper, longestStep }: ResidualProblem, x: Float64Array): { lo: Float64Array; hi: Float64Array } {
  return {
    lo: x.map((value, j) => Math.max(lower[j]! - value, -longestStep[j]!)),
    hi: x.map((value, j) => Math.min(upper[j]! - value, longestStep[j]!)),
  }
}

/** x + p within the bounds; a step to a bound ends on it exactly, where the sum may miss it by rounding. */
function onto({ lower, upper }: ResidualProblem, x: Float64Array, p: number, j: number): number {
  if (p >= upper[j]! - x[j]!) return upper[j]!
  if (p <= lower[j]! - x[j]!) return lower[j]!
  return x[j]! + p
}

/** What a whole Gauss–Newton step still promises at a point, walls left aside. */
function remaining(problem: ResidualProblem, triangular: Triangular, scaling: Float64Array, x: Float64Array): number {
  const { lo, hi } = box(problem, x)
  return boundedStep(triangular, scaling, Infinity, lo, hi).decrement
}

/**
 * Second-order correction of a step along the curved valley of a badly conditioned problem (M. K. Transtrum, J. P. Sethna,
 * arXiv:1201.5885): the damped step against the second derivative of the residuals along the step, taken by one evaluation
 * a tenth of the way.
 */
function acceleration(
  problem: ResidualProblem,
  x: Float64Array,
  { rows, residuals, jacobian }: Evaluated,
  step: Float64Array,
  damped: (c: Float64Array) => Float64Array,
): Float64Array | null {
  const h = 0.1
  const n = problem.dimension
  const probe = problem.evaluate(
    x.map((value, j) => value + h * step[j]!),
    false,
  )
  if (probe.status !== 'evaluated' || !probe.residuals.every(Number.isFinite)) return null
  const c = new Float64Array(n)
  for (let i = 0; i < rows; i++) {
    let along = 0
    for (let j = 0; j < n; j++) along += jacobian[i * n + j]! * step[j]!
    const second = (2 / h) * ((probe.residuals[i]! - residuals[i]!) / h - along)
    for (let j = 0; j < n; j++) c[j] = c[j]! + jacobian[i * n + j]! * second
  }
  const bend = damped(c)
  return bend.every(Number.isFinite) ? bend : null
}

/** The radius after a poor step: by the quadratic through the two objectives, within a tenth to a half; a quarter after a failure. */
function shrunk(length: number, ratio: number, predicted: number, actual: number): number {
  if (Number.isNaN(ratio)) return 0.25 * length
  // slope at 0 is at most −2·predicted along the step; the parabola's minimum
  const t = actual >= 0 ? 0.5 : predicted / (predicted - actual)
  return length * Math.min(0.5, Math.max(0.1, t))
}

/**
 * No limit to the first step where every coordinate has a natural unit; else a few times the size of the start, for the
 * linearisation far away from it may end the search on a plain where nothing depends on a coordinate any more.
 */
function firstRadius({ longestStep }: ResidualProblem, x: Float64Array, scaling: Float64Array): number {
  if (longestStep.every((longest) => longest < Infinity)) return Infinity
  const length = scaledLength(
    x.map((value, j) => Math.min(Math.abs(value), longestStep[j]!)),
    scaling,
  )
  return length > 0 ? firstSteps * length : Infinity
}

function rescale(scaling: Float64Array, { n, r }: Triangular): void {
  for (let j = 0; j < n; j++) {
    let sum = 0
    for (let i = 0; i <= j; i++) sum += r[i * n + j]! * r[i * n + j]!
    const norm = Math.sqrt(sum)
    scaling[j] = Math.max(norm, scaling[j]!)
    if (scaling[j] === 0) scaling[j] = Number.MIN_VALUE
  }
}

/** Gradient components in units of their columns: how many residual norms each coordinate alone could still remove. */
function scaledGradients(triangular: Triangular, scale: number): Float64Array {
  const { n, r } = triangular
  return halfGradient(triangular).map((g, j) => {
    let sum = 0
    for (let i = 0; i <= j; i++) sum += r[i * n + j]! * r[i * n + j]!
    return sum > 0 ? g / Math.sqrt(sum * Math.max(scale, Number.MIN_VALUE)) : 0
  })
}

/** The largest that does not point out of the bounds. */
function largestInside({ lower, upper }: ResidualProblem, gradients: Float64Array, x: Float64Array): number {
  let largest = 0
  gradients.forEach((g, j) => {
    if (g > 0 ? x[j]! > lower[j]! : x[j]! < upper[j]!) largest = Math.max(largest, Math.abs(g))
  })
  return largest
}

function fault(evaluation: Evaluated): string {
  if (!Number.isFinite(evaluation.objective)) return `the objective is ${evaluation.objective}`
  if (!areFinite(evaluation.residuals)) return 'a residual is not finite'
  if (!areFinite(evaluation.jacobian)) return 'a derivative is not finite'
  return ''
}

function areFinite(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k]!)) return false
  return true
}
