import type { EstimatedParameter } from './problem/fit-problem.ts'
import type { HeldParameter } from './steering/steered-problem.ts'
import type { SteeringLog } from './steering/steering-command.ts'

/** State of a fit after an accepted or rejected iteration; values on the natural scale, in `estimated` order. */
export interface FitIteration {
  readonly iteration: number
  readonly evaluations: number
  readonly objective: number
  readonly best: number
  readonly values: Float64Array
  /** Largest component of the projected, scaled gradient; NaN in a search without derivatives. */
  readonly gradient: number
  readonly stepSize: number
}

export type FitOutcome =
  /** 'kink': on values at which derivatives jump, the objective rising on both sides (see `FitResult.kinks`). */
  | { readonly status: 'converged'; readonly reason: 'gradient' | 'step' | 'objective' | 'kink' }
  | { readonly status: 'stopped' }
  | { readonly status: 'iteration-limit' }
  | { readonly status: 'failed'; readonly message: string }

export interface ParameterEstimate {
  readonly name: string
  readonly estimate: number
  readonly start: number
  /** Standard error on the natural scale and relative to the estimate (fraction); NaN where not identified. */
  readonly standardError: number
  readonly relativeStandardError: number
  /** 95 % interval: ±1.96 standard errors on the estimation scale, carried to the natural one. */
  readonly lower95: number
  readonly upper95: number
  readonly atBound: 'lower' | 'upper' | null
}

/** A parameter that moves with an estimated one: value, start, standard error and interval are `factor` times those of it. */
export interface TiedEstimate extends ParameterEstimate {
  readonly parameter: string
  readonly factor: number
}

/** An estimate at which derivatives of the objective jump, the objective rising on either side. */
export interface KinkedEstimate {
  readonly name: string
  readonly value: number
  /** In words: where it is, and where its interval comes from. */
  readonly message: string
}

/** A set of parameters that the data cannot tell apart, with the combination that stays undetermined. */
export interface CollinearSet {
  /** Not determined at all, or so weakly that the interval is useless. */
  readonly kind: 'undetermined' | 'weak'
  readonly names: readonly string[]
  /** Unit direction on the estimation scale, over `names`, along which the objective is flat. */
  readonly direction: readonly number[]
  /** In words, with what moves together and what to do. */
  readonly message: string
}

/** Observed and predicted, one entry per observation, in problem order. */
export interface FitPrediction {
  readonly subject: string
  readonly quantity: string
  readonly time: number
  readonly observed: number
  readonly predicted: number
  /** (observed − predicted)/σ on the residual scale; NaN for censored rows. */
  readonly weightedResidual: number
  /** 'interval': between `observed` and a value above it. */
  readonly censored: 'left' | 'right' | 'interval' | null
}

export interface FitResult {
  readonly outcome: FitOutcome
  /**
   * −2 log likelihood of the observations on their own scale, all constants included; or, where every error is given, the
   * weighted sum of squares plus −2 log of the probability of each censored observation. Priors add theirs (`priorObjective`).
   */
  readonly objective: number
  readonly objectiveKind: 'weighted-sum-of-squares' | 'minus-two-log-likelihood'
  /** What the priors add to the objective, Σ((x − x̄)/sd)²; 0 where there are none. */
  readonly priorObjective: number
  readonly iterations: number
  readonly evaluations: number
  readonly estimates: readonly ParameterEstimate[]
  readonly tied: readonly TiedEstimate[]
  /**
   * s²(WᵀW)⁻¹ on the estimation scale, row-major, W the derivatives of the weighted residuals; for a likelihood WᵀW is the
   * Fisher information, expected for quantified and observed for censored rows. Priors are rows of W, so that it is the
   * covariance of the posterior, normal about its highest point. NaN for what is at a bound, at a kink or not identified; what
   * it says of the others takes bounds and kinks for known.
   */
  readonly covariance: Float64Array
  readonly correlation: Float64Array
  /**
   * Where every error is given: s² = sum of squares / (count − parameters) over the quantified observations, the common
   * factor by which the given variances were too small; the covariance contains it. Else 1, and with priors, which need
   * variances that are known.
   */
  readonly residualVariance: number
  /** Largest over smallest singular value of the sensitivity matrix with columns scaled to length 1. */
  readonly conditionNumber: number
  readonly collinear: readonly CollinearSet[]
  /** Estimates at corners of the objective, as switch times that meet an observation; none at a smooth minimum. */
  readonly kinks: readonly KinkedEstimate[]
  readonly predictions: readonly FitPrediction[]
  /**
   * −2 log L + 2k and −2 log L + k log N; with given errors L has its residual scale at the maximum, which counts in k. With
   * priors L still is the likelihood of the observations alone, at the estimates; given errors then are taken as they are.
   */
  readonly aic: number
  readonly bic: number
  /** Where the fit was steered: how, and to what. Absent where it was not. */
  readonly steering?: SteeringRecord
}

/** The steering that led to a result; with the problem it gives the same bits again (`replay`). */
export interface SteeringRecord {
  /** Commands that took effect, with every value said. */
  readonly log: SteeringLog
  /** Entries of a log that was given for iterations that the search did not come to. */
  readonly notReached: SteeringLog
  /** What was estimated at the end, in the order of `estimates`: bounds, scales, and where the last part of the search began. */
  readonly estimated: readonly EstimatedParameter[]
  /** What was held at the end. The covariance takes it for known: standard errors of the others are those given these values. */
  readonly held: readonly (HeldParameter & {
    /** The iteration since. */
    readonly since: number
  })[]
}
