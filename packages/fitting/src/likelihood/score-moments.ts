import { exp, lbeta, log, log1p, logNormalCdf, tanh } from '@cartkin/numerics'
import {
  type ErrorDistribution,
  fisherInformation,
  freedomConstant,
  logDensity,
  logDensityFall,
  logOnePlusSquare,
  score,
  weightOf,
} from './error-distribution.ts'
import { legendreRule } from './legendre-rule.ts'

/** A standardised residual that is only known to lie in a region: its log probability, and what its score is there. */
export interface ScoreMoments {
  readonly logProbability: number
  /** Mean of `score` in the region: the derivatives of the log probability (location, log σ, ν). */
  readonly mean: readonly number[]
  /** Covariance of `score` in the region, row-major 3 × 3. */
  readonly covariance: readonly number[]
}

const LOCATION = 0
const SCALE = 1
const FREEDOM = 2
const SIZE = 3

/**
 * The moments of the score in [lower, upper], either of which may be infinite, accurate in the far tails and in intervals
 * of any width. Of the score: E[S | region] is the gradient of log P(region), as the derivative of a probability is the
 * integral of density × score (Louis, J. R. Stat. Soc. B 44:226, 1982).
 *
 * @param width of the interval, where the ends are so far from 0 that their difference has lost its digits.
 */
export function scoreMoments(
  distribution: ErrorDistribution,
  lower: number,
  upper: number,
  width = upper - lower,
): ScoreMoments {
  if (upper === Infinity) return lower === -Infinity ? everything(distribution) : above(distribution, lower)
  if (lower === -Infinity) return mirrored(above(distribution, -upper))
  if (upper <= 0) return mirrored(between(distribution, -upper, -lower, width))
  return between(distribution, lower, upper, width)
}

function everything(distribution: ErrorDistribution): ScoreMoments {
  return { logProbability: 0, mean: [0, 0, 0], covariance: fisherInformation(distribution) }
}

function above(distribution: ErrorDistribution, limit: number): ScoreMoments {
  if (limit >= 0) return tail(distribution, limit)
  return without(everything(distribution), [partOf(mirrored(tail(distribution, -limit)))])
}

/** `upper` is above 0. */
function between(distribution: ErrorDistribution, lower: number, upper: number, width: number): ScoreMoments {
  if (isNarrow(distribution, lower, upper, width)) return narrow(distribution, lower, width)
  const beyond = tail(distribution, upper)
  if (lower < 0)
    return without(everything(distribution), [partOf(mirrored(tail(distribution, -lower))), partOf(beyond)])
  const whole = tail(distribution, lower)
  // of both tails, each density over hazard
  const share = exp(-logDensityFall(lower, width, distribution)) * (whole.mean[LOCATION]! / beyond.mean[LOCATION]!)
  return without(whole, [{ moments: beyond, share }])
}

interface Part {
  readonly moments: ScoreMoments
  /** Of the whole. */
  readonly share: number
}

/** A part of everything. */
function partOf(moments: ScoreMoments): Part {
  return { moments, share: exp(moments.logProbability) }
}

/** The moments where parts have been taken away from a region. */
function without(whole: ScoreMoments, parts: readonly Part[]): ScoreMoments {
  const taken = parts.reduce((sum, { share }) => sum + share, 0)
  const weight = 1 / (1 - taken)
  const mean = whole.mean.map((value, i) =>
    parts.reduce((sum, { moments: own, share }) => sum - weight * share * own.mean[i]!, weight * value),
  )
  const second = ({ mean: own, covariance }: ScoreMoments, i: number, j: number) =>
    covariance[i * SIZE + j]! + (own[i]! - mean[i]!) * (own[j]! - mean[j]!)
  const covariance = whole.covariance.map((_, at) => {
    const i = Math.floor(at / SIZE)
    const j = at % SIZE
    return parts.reduce(
      (sum, { moments: own, share }) => sum - weight * share * second(own, i, j),
      weight * second(whole, i, j),
    )
  })
  return { logProbability: whole.logProbability + log1p(-taken), mean, covariance }
}

/** The same of −z: what belongs to the location changes its sign. */
function mirrored({ logProbability, mean, covariance }: ScoreMoments): ScoreMoments {
  const sign = (i: number) => (i === LOCATION ? -1 : 1)
  return {
    logProbability,
    mean: mean.map((value, i) => sign(i) * value),
    covariance: covariance.map((value, at) => sign(Math.floor(at / SIZE)) * sign(at % SIZE) * value),
  }
}

/** Nodes and weights of ∫₀^∞ g(u) du for g that falls off like e^(−u): u = exp(t − exp(−t)) (Takahasi & Mori, 1974). */
const halfLine = Array.from({ length: 66 }, (_, k) => {
  const t = -3.7 + k / 8
  const node = exp(t - exp(-t))
  return { node, weight: (node * (1 + exp(-t))) / 8 }
})

/** The region above `limit` >= 0. */
function tail(distribution: ErrorDistribution, limit: number): ScoreMoments {
  const { weights, scores, logProbability, hazard } =
    distribution.kind === 'normal' ? normalTail(limit) : studentTail(limit, distribution.df)
  const { mean, covariance } = moments(weights, scores)
  // exact: the integrals of g′ and of (zg)′
  return { logProbability, mean: [hazard, limit * hazard, mean[FREEDOM]!], covariance }
}

interface Sampled {
  readonly weights: readonly number[]
  readonly scores: readonly (readonly number[])[]
  readonly logProbability: number
  /** Density over probability at the limit. */
  readonly hazard: number
}

/** z = limit + w, in the density exp(−limit·w − w²/2). */
function normalTail(limit: number): Sampled {
  const length = 1 / (1 + limit)
  const distances = halfLine.map(({ node }) => length * node)
  const weights = halfLine.map(({ weight }, k) => {
    const w = distances[k]!
    return length * weight * exp(-w * (limit + 0.5 * w))
  })
  const scores = distances.map((w) => [limit + w, (limit + w) * (limit + w) - 1, 0])
  return { weights, scores, logProbability: logNormalCdf(-limit), hazard: 1 / total(weights) }
}

/** z = √ν sinh v, in the density cosh⁻ᵛ v: v = v₀ + w. */
function studentTail(limit: number, df: number): Sampled {
  const root = Math.sqrt(df)
  // log cosh, tanh and cosh of v₀
  const height = 0.5 * logOnePlusSquare(limit, df)
  const ratio = limit / root
  const slope = ratio > 1e150 ? 1 : ratio / Math.sqrt(1 + ratio * ratio)
  const length = 1 / (df * slope + Math.min(root, df))
  const constant = freedomConstant(df)
  const weights: number[] = []
  const scores: number[][] = []
  for (const { node, weight } of halfLine) {
    const w = length * node
    const rise = logCoshRise(w, slope)
    const step = tanh(w)
    const steep = (slope + step) / (1 + slope * step)
    const share = steep * steep
    weights.push(length * weight * exp(-df * rise))
    scores.push([
      ((df + 1) / root) * steep * exp(-(height + rise)),
      (df + 1) * share - 1,
      0.5 * (constant - 2 * (height + rise) + ((df + 1) / df) * share),
    ])
  }
  const mass = total(weights)
  return {
    weights,
    scores,
    logProbability: log(mass) - lbeta(0.5 * df, 0.5) - df * height,
    hazard: exp(-height) / (root * mass),
  }
}

/** log[cosh(v + w)/cosh v] from tanh v, without cancellation for small w and without overflow for large. */
function logCoshRise(w: number, slope: number): number {
  if (w > 1) return w + log(0.5 * (1 + slope + (1 - slope) * exp(-2 * w)))
  const e = exp(w)
  const sinh = w < 0.02 ? w * (1 + ((w * w) / 6) * (1 + ((w * w) / 20) * (1 + (w * w) / 42))) : 0.5 * (e - 1 / e)
  // cosh w − 1 = sinh² w/(cosh w + 1)
  return log1p(slope * sinh + (sinh * sinh) / (1 + Math.sqrt(1 + sinh * sinh)))
}

const rule = legendreRule(16)

/** Whether the density changes so little between the ends that a Gauss rule is exact to rounding. */
function isNarrow(distribution: ErrorDistribution, lower: number, upper: number, width: number): boolean {
  const near = Math.max(lower, 0)
  const far = Math.max(Math.abs(lower), upper)
  if (distribution.kind === 'normal') return width * (1 + far) <= 1
  const steepness = Math.max(weightOf(near, distribution) * near, weightOf(far, distribution) * far, 1)
  return width * steepness <= 1 && 2 * width <= Math.sqrt(distribution.df + near * near)
}

function narrow(distribution: ErrorDistribution, lower: number, width: number): ScoreMoments {
  const near = Math.max(lower, 0)
  const weights: number[] = []
  const scores: (readonly number[])[] = []
  for (const { node, weight } of rule) {
    const z = lower + width * node
    const fall = logDensityFall(near, lower - near + width * node, distribution)
    weights.push(weight * exp(-fall))
    scores.push(score(z, distribution))
  }
  const logProbability = logDensity(near, distribution) + log(width) + log(total(weights))
  return { logProbability, ...moments(weights, scores) }
}

function moments(
  weights: readonly number[],
  scores: readonly (readonly number[])[],
): Omit<ScoreMoments, 'logProbability'> {
  const mass = total(weights)
  const mean = [LOCATION, SCALE, FREEDOM].map(
    (i) => scores.reduce((sum, own, k) => sum + weights[k]! * own[i]!, 0) / mass,
  )
  const covariance = new Array<number>(SIZE * SIZE).fill(0)
  scores.forEach((own, k) => {
    for (let i = 0; i < SIZE; i++)
      for (let j = 0; j < SIZE; j++)
        covariance[i * SIZE + j]! += (weights[k]! * (own[i]! - mean[i]!) * (own[j]! - mean[j]!)) / mass
  })
  return { mean, covariance }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
