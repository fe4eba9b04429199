import { singularValues } from '../uncertainty/singular-values.ts'
import { scaledLength } from './bounded-step.ts'
import { unitOf } from './coordinate-unit.ts'
import type { Evaluated, ResidualProblem } from './residual-problem.ts'

/** A point and what was found there, with derivatives. */
export interface EvaluatedPoint {
  readonly x: Float64Array
  readonly evaluation: Evaluated
}

/** A surface across which derivatives jump and the objective does not, with a point close to it on either side. */
export interface Kink {
  /** The coordinates that make the surface: each keeps its value along it. */
  readonly coordinates: readonly number[]
  readonly before: EvaluatedPoint
  readonly beyond: EvaluatedPoint
}

export interface KinkSearch {
  readonly status: 'found' | 'none' | 'stopped'
  /** Null unless found. */
  readonly kink: Kink | null
  readonly evaluations: number
}

/** A rejected step. */
export interface Rejection {
  /** How far the derivatives of rows change over it, in units of the scaling (rows × n), and how much that is. */
  readonly changes: Float64Array
  readonly change: number
  /** Over how many coordinates the change is spread: 1 where it is all of one's derivatives, n where evenly over all. */
  readonly spread: number
  readonly length: number
  /** The coordinate whose derivatives change most: its value where the tangents of both ends meet, and how far it moved. */
  readonly meetsAt: number
  readonly moved: number
}

/** Both points are this near to the surface, in units of the coordinates or as a share of the step across it. */
const near = 1e-12
const nearInSteps = 1e-14

/** Most evaluations to come so near, and of those that find the change of derivatives in neither part of the step. */
const mostEvaluations = 60
const mostUndecided = 1

/** Derivatives that still change by this share of what they did, over a step that is shorter by this share, jump. */
const kept = 0.8
const shorter = 0.5
/** Over how many coordinates a change that jumps may be spread, or over a third of all. */
const concentrated = 1.25
/** How far from each other they may expect the kink, as a share of the longer step. */
const samePlace = 0.02
/** Cosine of the angle between changes that are of one kink. */
const alike = 0.9

/** Changes of derivatives below this share of the largest, and of the objective below this share of its scale, are the solver's error. */
const error = 1e-3
const noise = 1e-7

/** How far derivatives change over a step. */
export function rejection(from: EvaluatedPoint, to: EvaluatedPoint, scaling: Float64Array): Rejection {
  const step = to.x.map((value, j) => value - from.x[j]!)
  const changes = changesBetween(from.evaluation, to.evaluation, scaling)
  const squares = columnSquares(changes, scaling.length)
  const [sum, fourth] = [squares.reduce((a, b) => a + b, 0), squares.reduce((a, b) => a + b * b, 0)]
  const most = squares.reduce((a, square, j) => (square > squares[a]! ? j : a), 0)
  const share = meeting(from, to, slopes(from.evaluation, step), slopes(to.evaluation, step), 0, 1)
  return {
    changes,
    change: Math.sqrt(sum),
    spread: (sum * sum) / fourth,
    length: scaledLength(step, scaling),
    meetsAt: from.x[most]! + share * step[most]!,
    moved: Math.abs(step[most]!),
  }
}

/**
 * Whether derivatives of few of n coordinates change in the same way over a shorter step, and hardly less: those of a smooth
 * objective change in proportion to its length.
 */
export function isKinkSuspected(past: Rejection, now: Rejection, n: number): boolean {
  if (!(now.spread <= Math.max(concentrated, n / 3))) return false
  if (!(now.length <= shorter * past.length && now.change >= kept * past.change)) return false
  if (!(Math.abs(now.meetsAt - past.meetsAt) <= samePlace * past.moved)) return false
  let product = 0
  for (let k = 0; k < now.changes.length; k++) product += now.changes[k]! * past.changes[k]!
  // of either sign: a kink may be crossed to and fro
  return Math.abs(product) >= alike * now.change * past.change
}

/** With what later rejections are compared: the longer step, until a much shorter one has shown that it was of no one kink. */
export function reference(past: Rejection | null, now: Rejection): Rejection {
  if (past === null) return now
  const isLikely = now.length > shorter * past.length && now.length <= past.length && now.change >= kept * past.change
  return isLikely ? past : now
}

/**
 * Looks for a kink between two points. Where the residuals are those of one smooth function before it and of another beyond, its
 * place along the step is where both tangents meet; they are taken again ever nearer to it. Residuals that are continuous
 * across a surface have derivatives that jump along its normal alone, so the columns that jump tell the coordinates that
 * make the surface. None where derivatives change little by little, where the objective itself jumps, or where the surface
 * is none of coordinates.
 */
export function findKink(
  problem: ResidualProblem,
  from: EvaluatedPoint,
  to: EvaluatedPoint,
  scaling: Float64Array,
): KinkSearch {
  const step = to.x.map((value, j) => value - from.x[j]!)
  const size = step.map((p, j) => Math.max(near * unitOf(problem, from.x, j), nearInSteps * Math.abs(p)))
  const close = step.reduce((least, p, j) => Math.min(least, size[j]! / Math.abs(p)), Infinity)
  let [low, high] = [0, 1]
  let [before, beyond] = [from, to]
  let [slopesBefore, slopesBeyond] = [slopes(from.evaluation, step), slopes(to.evaluation, step)]
  const jump = distance(slopesBefore, slopesBeyond)
  let evaluations = 0
  let undecided = 0
  let [last, lastButOne] = [Infinity, Infinity]
  while (high - low > close) {
    if (evaluations >= mostEvaluations) return { status: 'none', kink: null, evaluations }
    const expected = meeting(before, beyond, slopesBefore, slopesBeyond, low, high)
    const isSlow = high - low > 0.5 * lastButOne
    const s = isSlow ? low + 0.5 * (high - low) : placeBetween(low, high, expected, close)
    ;[last, lastButOne] = [high - low, last]
    const x = from.x.map((value, j) => value + s * step[j]!)
    const evaluation = problem.evaluate(x)
    evaluations++
    if (evaluation.status === 'stopped') return { status: 'stopped', kink: null, evaluations }
    if (evaluation.status === 'failed' || evaluation.rows !== before.evaluation.rows)
      return { status: 'none', kink: null, evaluations }
    const own = slopes(evaluation, step)
    const [back, ahead] = [distance(own, slopesBefore), distance(own, slopesBeyond)]
    if (!(Math.min(back, ahead) <= 0.25 * Math.max(back, ahead)) && ++undecided > mostUndecided)
      return { status: 'none', kink: null, evaluations }
    if (back <= ahead) [low, before, slopesBefore] = [s, { x, evaluation }, own]
    else [high, beyond, slopesBeyond] = [s, { x, evaluation }, own]
    if (!(distance(slopesBefore, slopesBeyond) >= 0.25 * jump)) return { status: 'none', kink: null, evaluations }
  }
  const slope = Math.max(
    ...[before, beyond].map((side) => Math.abs(slopeOf(side.evaluation, slopes(side.evaluation, step)))),
  )
  const gap = Math.abs(beyond.evaluation.objective - before.evaluation.objective)
  const isContinuous = gap <= noise * from.evaluation.scale + 4 * slope * (high - low)
  const coordinates = isContinuous ? coordinatesOf(before.evaluation, beyond.evaluation, scaling) : null
  const kink = coordinates === null ? null : { coordinates, before, beyond }
  return { status: kink === null ? 'none' : 'found', kink, evaluations }
}

/** Where the tangents of the residuals from both ends meet, as a share of the step; NaN where they do not. */
function meeting(
  { evaluation: a }: EvaluatedPoint,
  { evaluation: b }: EvaluatedPoint,
  slopesA: Float64Array,
  slopesB: Float64Array,
  low: number,
  high: number,
): number {
  let along = 0
  let square = 0
  for (let i = 0; i < slopesA.length; i++) {
    const change = slopesB[i]! - slopesA[i]!
    along += change * (a.residuals[i]! - b.residuals[i]! + slopesB[i]! * (high - low))
    square += change * change
  }
  return low + along / square
}

/** The next place to look at: near an end a little beyond where the kink is expected, so that it comes to lie between. */
function placeBetween(low: number, high: number, expected: number, close: number): number {
  const middle = low + 0.5 * (high - low)
  if (!(expected >= low && expected <= high)) return middle
  const [back, ahead] = [expected - low, high - expected]
  const margin = 0.1 * (high - low)
  if (back < margin) return Math.min(middle, low + 2 * Math.max(back, 0.4 * close))
  if (ahead < margin) return Math.max(middle, high - 2 * Math.max(ahead, 0.4 * close))
  return expected
}

/**
 * The coordinates whose derivatives jump between two points next to a kink, each in a way of its own; null where a combination
 * of them makes the surface.
 */
function coordinatesOf(a: Evaluated, b: Evaluated, scaling: Float64Array): readonly number[] | null {
  const n = scaling.length
  const changes = changesBetween(a, b, scaling)
  const columns = columnSquares(changes, n).map(Math.sqrt)
  const largest = columns.reduce((most, column) => Math.max(most, column), 0)
  const jumping = [...columns.keys()].filter((j) => columns[j]! > error * largest)
  const k = jumping.length
  const own = new Float64Array(a.rows * k)
  for (let i = 0; i < a.rows; i++)
    jumping.forEach((j, c) => {
      own[i * k + c] = changes[i * n + j]!
    })
  const { values } = singularValues(own, a.rows, k)
  return k > 0 && values[k - 1]! > error * largest ? jumping : null
}

/** Derivative of the objective along a step, from those of the rows. */
function slopeOf({ rows, residuals }: Evaluated, along: Float64Array): number {
  let sum = 0
  for (let i = 0; i < rows; i++) sum += 2 * residuals[i]! * along[i]!
  return sum
}

/** Changes of W in units of the scaling; NaN where the points have unlike rows. */
function changesBetween(a: Evaluated, b: Evaluated, scaling: Float64Array): Float64Array {
  const n = scaling.length
  const isAlike = a.rows === b.rows
  return a.jacobian.map((value, k) => (isAlike ? (b.jacobian[k]! - value) / scaling[k % n]! : NaN))
}

function columnSquares(matrix: Float64Array, n: number): Float64Array {
  const squares = new Float64Array(n)
  for (let k = 0; k < matrix.length; k++) squares[k % n] = squares[k % n]! + matrix[k]! * matrix[k]!
  return squares
}

/** W p: derivatives of the rows along a step. */
function slopes({ rows, jacobian }: Evaluated, step: Float64Array): Float64Array {
  const n = step.length
  const along = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += jacobian[i * n + j]! * step[j]!
    along[i] = sum
  }
  return along
}

/** NaN where the points have unlike rows. */
function distance(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return NaN
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!)
  return Math.sqrt(sum)
}
