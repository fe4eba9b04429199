import type { CompiledModel } from '@cartkin/model'
import type { CovariateInTime, EventRecord, SolverOptions, StartState } from '@cartkin/simulation'
import type { ResidualScale } from '../likelihood/residual-scale.ts'

/** A parameter to be estimated; all others keep their values. */
export interface EstimatedParameter {
  /** A model parameter, or a residual error parameter of an endpoint. */
  readonly name: string
  readonly start: number
  /** Bounds on the natural scale. */
  readonly lower: number
  readonly upper: number
  /**
   * The scale on which it is estimated; 'log' needs a positive lower bound or 0, 'logit' and 'probit' finite bounds with
   * the start strictly between them.
   */
  readonly scale: 'log' | 'linear' | 'logit' | 'probit'
  /** What is known of it beforehand (nothing). */
  readonly prior?: Prior
}

/**
 * A normal prior on the estimation scale: ((x − x̄)/sd)² is added to the objective, x the parameter's coordinate and x̄ that
 * of `mean`; the estimates then are those of the highest posterior density (MAP). `mean` is on the natural scale, `sd` on
 * the estimation scale: 0.3 on the log scale is 30 % or so either way. An `sd` of Infinity says nothing.
 *
 * Constants of the prior density are left out, so a flat prior leaves the objective as it is. Where every error is given,
 * a prior needs the errors on the scale on which it speaks: they then are taken as known, not as known up to a factor.
 */
export interface Prior {
  readonly mean: number
  readonly sd: number
}

/** A parameter that is always a multiple of an estimated one. */
export interface Tie {
  /** An estimated parameter. */
  readonly parameter: string
  readonly factor: number
}

/** What was measured, on which scale residuals are formed, and how they spread. */
export interface Endpoint {
  /** State or output of the model. */
  readonly quantity: string
  /** Of what residuals are: of the value itself or of its place on another scale, where 'log' with 'additive' is a log-normal error. */
  readonly scale: ResidualScale
  readonly error: /** Every observation brings its own standard deviation (`sd`, on the residual scale): weighted least squares. */
    | { readonly kind: 'given' }
    /**
     * Standard deviation on the scale: a, b|f|, b|f|^c, a + b|f|^c (combined 1) or √(a² + b²|f|^2c) (combined 2, c 1 where absent); names
     * are those of parameters that are estimated, or have a value in `errorParameters`, or are parameters of the model.
     */
    | { readonly kind: 'additive'; readonly a: string }
    | { readonly kind: 'proportional'; readonly b: string }
    | { readonly kind: 'power'; readonly b: string; readonly c: string | number }
    | {
        readonly kind: 'combined1' | 'combined2'
        readonly a: string
        readonly b: string
        readonly c?: string | number
      }
  /** Of (observed − predicted)/σ: standard normal where absent, or t with degrees of freedom given or by name; σ is its scale. */
  readonly distribution?: { readonly kind: 'normal' } | { readonly kind: 't'; readonly df: string | number }
  /**
   * What is made of values below the limit of quantification (Beal, J. Pharmacokinet. Pharmacodyn. 28:481, 2001). M3 (where
   * absent): each counts with the probability of lying below. M4: the same, given that all true values are above 0. M2: they
   * are left out, and every value that is there counts given that it lies above its `lloq`. (M1 leaves them out and no more:
   * no observation, no method.)
   */
  readonly blq?: 'M2' | 'M3' | 'M4'
}

export interface FitObservation {
  readonly endpoint: number
  readonly time: number
  readonly value: number
  /** On the residual scale of its endpoint; needed where the endpoint's error is 'given'. */
  readonly sd?: number
  /** 'left': the true value is below `value`; 'right': above; 'interval': between `value` and `upper`. */
  readonly censored?: 'left' | 'right' | 'interval'
  /** Upper end of an interval. */
  readonly upper?: number
  /** The limit below which it would have been left out; needed where its endpoint has `blq: 'M2'`. */
  readonly lloq?: number
  /** At the time of a dose: drawn 'before' it (a trough) or 'after' it ('after'). */
  readonly side?: 'before' | 'after'
  /**
   * Which of the subject's records it is: it sees what is given at its time by the records before it, and the covariates
   * of its record, in place of a `side`.
   */
  readonly record?: number
}

export interface FitSubject {
  readonly id: string
  readonly records: readonly EventRecord[]
  readonly observations: readonly FitObservation[]
  readonly start: number
  /** Values that differ from the model's for this subject (covariates, known parameters). */
  readonly parameters: Readonly<Record<string, number>>
  /** Parameters that change during its course; `parameters` has their first values. */
  readonly covariates?: readonly CovariateInTime[]
}

export interface FitProblem {
  readonly model: CompiledModel
  /** Values of all model parameters (model order); estimated ones are replaced. */
  readonly parameters: Float64Array
  /** Values of residual error parameters by name, where not estimated. */
  readonly errorParameters: Readonly<Record<string, number>>
  readonly estimated: readonly EstimatedParameter[]
  /** By name, parameters of the model or of errors that move with an estimated one: value = factor × its value (none). */
  readonly ties?: Readonly<Record<string, Tie>>
  readonly endpoints: readonly Endpoint[]
  readonly subjects: readonly FitSubject[]
  /** The state in which every run begins (x(0) of the text); estimated parameters move it. */
  readonly startState?: StartState
  /** A relative tolerance of 1e-7 where it gives none. */
  readonly solver?: SolverOptions
}
