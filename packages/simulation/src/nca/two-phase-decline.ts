import { exp, leastSquares, log } from '@cartkin/numerics'
import { logLine } from './log-line.ts'
import type { TimedValue } from './trapezoid.ts'

/** One exponential of a decline: its rate (positive where it falls), its value at a time, and the points where it rules. */
export interface DeclinePhase {
  readonly rate: number
  readonly points: readonly TimedValue[]
  at(time: number): number
}

/** A decline of one or two exponentials. */
export interface Decline {
  readonly fast: DeclinePhase
  /** Null where the points show one phase, or less than two of them lie in the second. */
  readonly slow: DeclinePhase | null
  /** Standard deviation of log(value) about it; NaN where no point is left to tell. */
  readonly residual: number
  /** Its value at a time. */
  at(time: number): number
}

/** Logarithms of two amplitudes at the first point, and two rates. */
type Biexponential = readonly [logFast: number, fast: number, logSlow: number, slow: number]

/** Most places tried for the change from one phase to the other, and most points of that search. */
const mostSplits = 40
const mostPoints = 200

/** Residuals of logarithms below this are the rounding of a solver or a printed table. */
const resolution = 1e-5

/** Mean square of residuals at which nothing is left to refine. */
const exact = 1e-24

/** Most steps of refinement from one start. */
const mostSteps = 300

/**
 * One exponential or the sum of two, through logarithms of the values by least squares. The search for two begins at every
 * split of the points: a line through the later ones, and one through what the earlier ones have above it (curve stripping,
 * M. Gibaldi, D. Perrier, Pharmacokinetics, 1982); the best start is refined by Levenberg and Marquardt's method. Two are
 * taken where Schwarz's criterion prefers them. Undefined for less than two points or values that do not fall.
 *
 * @param points in ascending order of time, values above 0.
 */
export function twoPhaseDecline(points: readonly TimedValue[]): Decline | undefined {
  const n = points.length
  if (n < 2) return undefined
  const line = logLine(points)
  const origin = points[0]!.time
  let single = 0
  for (const { time, value } of points) single += square(log(value / line.at(time)))
  const criterion = (squares: number, parameters: number) =>
    n * log(squares / n + resolution * resolution) + parameters * log(n)
  const best = n < 5 ? undefined : biexponential(points)
  if (best !== undefined && criterion(best.squares, 4) < criterion(single, 2)) {
    const two = ordered(best.values)
    const at = (k: 0 | 2) => (time: number) => exp(two[k] - two[k + 1]! * (time - origin))
    const [fastAt, slowAt] = [at(0), at(2)]
    const early = points.filter(({ time }) => fastAt(time) >= slowAt(time))
    const late = points.filter(({ time }) => fastAt(time) < slowAt(time))
    if (two[1] > 0 && early.length >= 2)
      return {
        fast: { rate: two[1], points: early, at: fastAt },
        slow: late.length < 2 ? null : { rate: two[3], points: late, at: slowAt },
        residual: Math.sqrt(best.squares / (n - 4)),
        at: (time) => fastAt(time) + slowAt(time),
      }
  }
  if (!(line.slope < 0)) return undefined
  return {
    fast: { rate: -line.slope, points, at: line.at },
    slow: null,
    residual: n > 2 ? Math.sqrt(single / (n - 2)) : Number.NaN,
    at: line.at,
  }
}

const square = (x: number) => x * x

function ordered([a, p, b, q]: Biexponential): Biexponential {
  return p >= q ? [a, p, b, q] : [b, q, a, p]
}

/** The best of the starts, refined on some of many points and then on all. */
function biexponential(points: readonly TimedValue[]) {
  const n = points.length
  const some =
    n <= mostPoints ? points : Array.from({ length: mostPoints }, (_, k) => points[evenly(k, mostPoints, n)]!)
  let best: Descent | undefined
  for (const start of starts(some)) {
    const end = descend(some, start)
    if (best === undefined || end.squares < best.squares) best = end
  }
  return best && descend(points, best.values)
}

/** Index k of `count` that are spread evenly over `n`, first and last among them. */
const evenly = (k: number, count: number, n: number) => (count === 1 ? 0 : Math.round((k * (n - 1)) / (count - 1)))

/** The three best of curve stripping at every split (or at evenly chosen ones of many), and of a grid of two rates. */
function starts(points: readonly TimedValue[]): readonly Biexponential[] {
  const n = points.length
  const count = Math.min(n - 3, mostSplits)
  const stripped = Array.from({ length: count }, (_, i) => strippedAt(points, 2 + evenly(i, count, n - 3)))
  const rate = -logLine(points).slope
  const paired = [1.05, 1.2, 1.5, 2.5, 5].flatMap((fast) =>
    [0.01, 0.1, 0.3, 0.7].map((slow) => withRates(points, fast * rate, slow * rate)),
  )
  return [...stripped, ...paired]
    .flatMap((start) => (start?.every(Number.isFinite) && start[1] > start[3] ? [start] : []))
    .map((start) => ({ start, squares: sumOfSquares(residuals(points, start)) }))
    .filter(({ squares }) => Number.isFinite(squares))
    .sort((a, b) => a.squares - b.squares)
    .slice(0, 3)
    .map(({ start }) => start)
}

/** A line through the points from a split on, and one through what the earlier ones have above it. */
function strippedAt(points: readonly TimedValue[], split: number): Biexponential | undefined {
  const origin = points[0]!.time
  const tail = logLine(points.slice(split))
  const above = points
    .slice(0, split)
    .map(({ time, value }) => ({ time, value: value - tail.at(time) }))
    .filter(({ value }) => value > 0)
  if (above.length < 2) return undefined
  const head = logLine(above)
  return [log(head.at(origin)), -head.slope, log(tail.at(origin)), -tail.slope]
}

/** The best amplitudes for two rates, by relative errors. */
function withRates(points: readonly TimedValue[], fast: number, slow: number): Biexponential | undefined {
  const origin = points[0]!.time
  const matrix = points.flatMap(({ time, value }) => [
    exp(-fast * (time - origin)) / value,
    exp(-slow * (time - origin)) / value,
  ])
  if (!matrix.every(Number.isFinite)) return undefined
  const { x } = leastSquares(matrix, points.length, 2, new Float64Array(points.length).fill(1))
  return x[0]! > 0 && x[1]! > 0 ? [log(x[0]!), fast, log(x[1]!), slow] : undefined
}

const sumOfSquares = (list: readonly number[]) => list.reduce((total, r) => total + r * r, 0)

function residuals(points: readonly TimedValue[], [a, p, b, q]: Biexponential): number[] {
  const origin = points[0]!.time
  return points.map(({ time, value }) => log(value) - log(exp(a - p * (time - origin)) + exp(b - q * (time - origin))))
}

interface Descent {
  readonly values: Biexponential
  readonly squares: number
}

/** Steps of Levenberg and Marquardt's method. */
function descend(points: readonly TimedValue[], start: Biexponential): Descent {
  const n = points.length
  const origin = points[0]!.time
  let values = start
  let now = residuals(points, values)
  let squares = sumOfSquares(now)
  let damping = 1e-3
  for (let iteration = 0; iteration < mostSteps && squares > n * exact; iteration++) {
    const matrix = new Float64Array((n + 4) * 4)
    const right = new Float64Array(n + 4)
    const scales = [0, 0, 0, 0]
    const [a, p, b, q] = values
    for (let k = 0; k < n; k++) {
      const t = points[k]!.time - origin
      const share = 1 / (1 + exp(b - q * t - a + p * t))
      const row = [share, -share * t, 1 - share, -(1 - share) * t]
      matrix.set(row, 4 * k)
      right[k] = now[k]!
      row.forEach((slope, j) => {
        scales[j] = scales[j]! + slope * slope
      })
    }
    scales.forEach((scale, j) => {
      matrix[4 * (n + j) + j] = Math.sqrt(damping * scale)
    })
    const { x } = leastSquares(matrix, n + 4, 4, right)
    const next: Biexponential = [a + x[0]!, p + x[1]!, b + x[2]!, q + x[3]!]
    const tried = residuals(points, next)
    const total = sumOfSquares(tried)
    if (total < squares) {
      const gain = squares - total
      values = next
      now = tried
      squares = total
      damping = Math.max(damping / 10, 1e-15)
      if (gain <= 1e-14 * total) break
    } else {
      damping *= 10
      if (!(damping < 1e10)) break
    }
  }
  return { values, squares }
}
