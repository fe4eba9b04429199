import { exp, log, log1p, logNormalCdf } from '@cartkin/numerics'
import {
  type ErrorDistribution,
  fisherInformation,
  logDensity,
  logDensityFall,
  score as scoreOf,
  weightOf,
} from './error-distribution.ts'
import { type ErrorLaw, spreadOf } from './error-law.ts'
import { inverseMillsRatio } from './inverse-mills-ratio.ts'
import { type ResidualScale, type ScaleFunctions, scaleFunctions } from './residual-scale.ts'
import { type ScoreMoments, scoreMoments } from './score-moments.ts'
import { scoreRows } from './score-rows.ts'

export interface Measurement {
  readonly value: number
  readonly scale: ResidualScale
  /** The true value lies below `value`, above it, or between it and `upper`. */
  readonly censored: 'left' | 'right' | 'interval' | null
  /** Upper end of an interval. */
  readonly upper?: number
  /** It would not be among the data, were its true value not above this limit (−Infinity): the likelihood is conditional on that. */
  readonly above?: number
}

/** One generalised residual r and its row: weights of ∂f, ∂a, ∂b, ∂c and of the degrees of freedom. See `ResidualProblem`. */
export interface TermRow {
  readonly residual: number
  readonly prediction: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly df: number
}

/**
 * −2 log likelihood of one observation given its prediction f, as `objective` + `constant`.
 *
 * `constant` depends on neither f nor the error parameters. The rows carry exact first derivatives of `objective`
 * (∇ = 2 Σ row·r) and, as Σ rowᵀrow, half its curvature, positive semidefinite: the expected one (Fisher information) of a
 * quantified observation, the observed one of a censored; of a censored t the outer product of its score and what else of
 * the observed curvature is positive.
 */
export type ObservationTerm =
  | {
      readonly ok: true
      readonly objective: number
      readonly constant: number
      readonly rows: readonly TermRow[]
      /** Residual (observed − f)/σ on the residual scale; NaN where censored. */
      readonly weightedResidual: number
    }
  | { readonly ok: false; readonly reason: string }

const logTwoPi = 1.8378770664093453
const normal: ErrorDistribution = { kind: 'normal' }

/**
 * Quantified: (h(y) − h(f))/σ is standard normal or t, h the residual scale, and the density is that of y itself,
 * so a log scale adds 2 log y, others −2 log h′(y), and likelihoods on all scales can be compared. Censored (Beal's M3, J. Pharmacokinet.
 * Pharmacodyn. 28:481, 2001): the probability that h(y) lies beyond the limit or in the interval. With `above`, either is
 * divided by the probability of lying above it: M2 with the limit of quantification, M4 with 0.
 *
 * σ is `sd`, a, b|f|, b|f|^c, a + b|f|^c or √(a² + b²|f|^2c), on the residual scale, f as it is. On a log scale f ≤ 0 has no likelihood and is refused, never
 * floored; only a value known to lie below a limit has one there, 1, the limit for f → 0. So are f outside the bounds of a scale and σ that is not positive
 * refused, and what is beyond the range of numbers.
 */
export function observationTerm(
  measurement: Measurement,
  f: number,
  law: ErrorLaw,
  distribution: ErrorDistribution = normal,
): ObservationTerm {
  const { value, scale, censored } = measurement
  if (!Number.isFinite(f)) return refused(`the prediction is ${f}`)
  const logarithmic = scale === 'log'
  if (logarithmic && !(f > 0)) {
    if (censored === 'left') return { ok: true, objective: 0, constant: 0, rows: [], weightedResidual: NaN }
    return refused(`the prediction ${f} has no logarithm`)
  }
  const other = typeof scale === 'object' ? scaleFunctions(scale) : undefined
  if (other !== undefined && !(f > other.low && f < other.high))
    return refused(
      `the prediction ${f} is not between ${other.low} and ${other.high}, the bounds of its residual scale`,
    )
  const spread = spreadOf(law, f)
  const { sigma } = spread
  if (!(sigma > 0 && sigma < Infinity))
    return refused(`the standard deviation of the residual is ${sigma} at a prediction of ${f}`)
  if (distribution.kind === 't' && !(distribution.df > 0 && distribution.df < Infinity))
    return refused(`the t distribution has ${distribution.df} degrees of freedom`)
  const slope = logarithmic ? 1 / f : (other?.slope(f) ?? 1)
  const jacobian = (): number => (logarithmic ? 2 * log(value) : other === undefined ? 0 : -2 * other.logSlope(value))

  if (distribution.kind === 'normal' && !isTruncated(measurement) && censored !== 'interval') {
    const difference = logarithmic
      ? log(f) - log(value)
      : other === undefined
        ? f - value
        : other.place(f) - other.place(value)
    const side = censored === 'left' ? -1 : 1
    const z = (side * difference) / sigma
    if (censored !== null) {
      const { lambda, kappa } = inverseMillsRatio(z)
      const objective = -2 * logNormalCdf(z)
      if (!(kappa > 0)) return { ok: true, objective, constant: 0, rows: [], weightedResidual: NaN }
      const w = Math.sqrt(kappa)
      const along = (derivative: number) => (-z * derivative) / sigma
      const row = {
        residual: -lambda / w,
        prediction: w * ((side * slope) / sigma + along(spread.df)),
        a: w * along(spread.da),
        b: w * along(spread.db),
        c: w * along(spread.dc),
        df: 0,
      }
      return finite({ ok: true, objective, constant: 0, rows: [row], weightedResidual: NaN })
    }
    const mean = { residual: z, prediction: slope / sigma, a: 0, b: 0, c: 0, df: 0 }
    if (law.kind === 'given') {
      const constant = logTwoPi + 2 * log(sigma) + jacobian()
      return finite({ ok: true, objective: z * z, constant, rows: [mean], weightedResidual: -z })
    }
    const relative = Math.SQRT2 / sigma
    const variance = {
      residual: (1 - z * z) * Math.SQRT1_2,
      prediction: relative * spread.df,
      a: relative * spread.da,
      b: relative * spread.db,
      c: relative * spread.dc,
      df: 0,
    }
    return finite({
      ok: true,
      objective: z * z + 2 * log(sigma),
      constant: logTwoPi + jacobian(),
      rows: [mean, variance],
      weightedResidual: -z,
    })
  }

  const standardised = (y: number): number => {
    if (y === -Infinity || y === Infinity) return y
    if (other !== undefined) return (other.place(y) - other.place(f)) / sigma
    if (!logarithmic) return (y - f) / sigma
    return y > 0 ? (log(y) - log(f)) / sigma : -Infinity
  }
  const limit = standardised(measurement.above ?? -Infinity)
  const condition = isTruncated(measurement) ? scoreMoments(distribution, limit, Infinity) : undefined
  const local =
    censored === null
      ? quantified(standardised(value), sigma, distribution, limit, condition)
      : region(limitsOf(measurement, standardised, sigma, other), distribution, condition)
  const rows = scoreRows(local.score, local.information).map(({ residual, weights: [m = 0, s = 0, freedom = 0] }) => ({
    residual,
    prediction: (m * slope + s * spread.df) / sigma,
    a: (s * spread.da) / sigma,
    b: (s * spread.db) / sigma,
    c: (s * spread.dc) / sigma,
    df: freedom,
  }))
  return finite({
    ok: true,
    objective: local.objective,
    constant: censored === null ? jacobian() : 0,
    rows,
    weightedResidual: censored === null ? standardised(value) : NaN,
  })
}

/** On the log scale everything is above 0 anyway, and between two bounds above the lower. */
function isTruncated({ above, scale }: Measurement): boolean {
  const lowest = scale === 'log' ? 0 : typeof scale === 'object' && 'low' in scale ? scale.low : -Infinity
  return above !== undefined && above > lowest
}

/** −2 log likelihood, the score of the log likelihood and its information over (location in σ, log σ, ν). */
interface LocalTerm {
  readonly objective: number
  readonly score: readonly number[]
  readonly information: readonly number[]
}

/** A measured value; under a condition its score is that beyond what the condition expects, with its covariance. */
function quantified(
  z: number,
  sigma: number,
  distribution: ErrorDistribution,
  limit: number,
  condition: ScoreMoments | undefined,
): LocalTerm {
  // above a limit in the upper tail density over probability is the hazard at the limit and the fall from there
  const density =
    condition !== undefined && limit >= 0
      ? 2 * logDensityFall(limit, z - limit, distribution) - 2 * log(condition.mean[0]!)
      : -2 * logDensity(z, distribution) + 2 * (condition?.logProbability ?? 0)
  return {
    objective: density + 2 * log(sigma),
    score: difference(scoreOf(z, distribution), condition?.mean),
    information: condition?.covariance ?? fisherInformation(distribution),
  }
}

/** The region of a censored value, which under a condition lies above its limit. */
interface Region {
  readonly lower: number
  readonly upper: number
  readonly width: number
}

function limitsOf(
  { censored, value, scale, upper = Infinity, above = -Infinity }: Measurement,
  standardised: (y: number) => number,
  sigma: number,
  other: ScaleFunctions | undefined,
): Region {
  const from = censored === 'left' ? above : Math.max(value, above)
  const to = censored === 'left' ? value : censored === 'right' ? Infinity : upper
  const distance =
    other !== undefined
      ? other.place(to) - other.place(from)
      : scale === 'linear'
        ? to - from
        : from > 0
          ? log1p((to - from) / from)
          : Infinity
  return { lower: standardised(from), upper: standardised(to), width: distance / sigma }
}

function region(limits: Region, distribution: ErrorDistribution, condition: ScoreMoments | undefined): LocalTerm {
  const moments = scoreMoments(distribution, limits.lower, limits.upper, limits.width)
  const score = difference(moments.mean, condition?.mean)
  return {
    objective: -2 * (moments.logProbability - (condition?.logProbability ?? 0)),
    score,
    information:
      (distribution.kind === 'normal' ? normalCurvature(moments, condition) : undefined) ??
      scoreCurvature(score, moments, limits, distribution),
  }
}

/**
 * −∂² log P of a normal region when its limits move by α + βz, E[(α + βx)² + β²] − Var[αx + βx²], which is positive
 * semidefinite as P is log-concave. Under a condition it is reduced by what the condition leaves of it in the location, in
 * which the ratio of both probabilities is log-concave too; undefined where nothing is left.
 */
function normalCurvature(
  { mean: [location = 0, scale = 0], covariance }: ScoreMoments,
  condition: ScoreMoments | undefined,
): readonly number[] | undefined {
  const alone = 1 - covariance[0]!
  const left = condition === undefined ? 1 : (condition.covariance[0]! - covariance[0]!) / alone
  if (!(left > 0)) return undefined
  const cross = location - covariance[1]!
  return [alone, cross, 0, cross, scale + 2 - covariance[4]!, 0, 0, 0, 0].map((entry) => left * entry)
}

/**
 * The outer product of the score, whose expectation is the information, and of the rest of the observed curvature what is
 * positive: log P of a t distribution is not concave.
 */
function scoreCurvature(
  score: readonly number[],
  { logProbability }: ScoreMoments,
  { lower, upper }: Region,
  distribution: ErrorDistribution,
): readonly number[] {
  const rest = (z: number) =>
    Number.isFinite(z) && z > 0 ? weightOf(z, distribution) * z * exp(logDensity(z, distribution) - logProbability) : 0
  const ends = [
    { z: lower, weight: rest(-lower) },
    { z: upper, weight: rest(upper) },
  ].filter(({ weight }) => weight > 0)
  return Array.from({ length: 9 }, (_, at) => {
    const i = Math.floor(at / 3)
    const j = at % 3
    const along = (z: number, k: number) => (k === 0 ? 1 : k === 1 ? z : 0)
    return ends.reduce((sum, { z, weight }) => sum + weight * along(z, i) * along(z, j), score[i]! * score[j]!)
  })
}

function difference(entries: readonly number[], less: readonly number[] | undefined): readonly number[] {
  return less === undefined ? entries : entries.map((entry, i) => entry - less[i]!)
}

function refused(reason: string): ObservationTerm {
  return { ok: false, reason }
}

/** Refuses what overflowed: an infinite objective has no gradient to follow. */
function finite(term: Extract<ObservationTerm, { readonly ok: true }>): ObservationTerm {
  const inRange =
    Number.isFinite(term.objective) &&
    Number.isFinite(term.constant) &&
    term.rows.every(
      ({ residual, prediction, a, b, c, df }) =>
        Number.isFinite(residual) &&
        Number.isFinite(prediction) &&
        Number.isFinite(a) &&
        Number.isFinite(b) &&
        Number.isFinite(c) &&
        Number.isFinite(df),
    )
  return inRange
    ? term
    : refused(`its log likelihood or its gradient is beyond the range of numbers (${-0.5 * term.objective})`)
}
