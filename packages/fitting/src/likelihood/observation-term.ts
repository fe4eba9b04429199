import { log, logNormalCdf } from '@cartkin/numerics'
import { inverseMillsRatio } from './inverse-mills-ratio.ts'

/** How the residuals of an endpoint spread, with the numbers of the moment. */
export type ErrorLaw =
  | { readonly kind: 'given'; readonly sd: number }
  | { readonly kind: 'additive'; readonly a: number }
  | { readonly kind: 'proportional'; readonly b: number }
  | { readonly kind: 'combined1' | 'combined2'; readonly a: number; readonly b: number }

export interface Measurement {
  readonly value: number
  readonly scale: 'log' | 'linear'
  readonly censored: 'left' | 'right' | null
}

/** One generalised residual r and its row: weights of ∂f, ∂a and ∂b. See `ResidualProblem`. */
export interface TermRow {
  readonly residual: number
  readonly prediction: number
  readonly a: number
  readonly b: number
}

/**
 * −2 log likelihood of one observation given its prediction f, as `objective` + `constant`.
 *
 * `constant` depends on neither f nor the error parameters. The rows carry exact first derivatives of `objective`
 * (∇ = 2 Σ row·r) and, as Σ rowᵀrow, half its curvature: the expected one (Fisher information) of a quantified
 * observation, the observed one of a censored.
 */
export type ObservationTerm =
  | {
      readonly ok: true
      readonly objective: number
      readonly constant: number
      readonly rows: readonly TermRow[]
      /** Residual (observed − f)/sd on the residual scale; NaN where censored. */
      readonly weightedResidual: number
    }
  | { readonly ok: false; readonly reason: string }

const logTwoPi = 1.8378770664093453

/**
 * Quantified: h(y) is normal with mean h(f) and standard deviation σ, h the logarithm or the identity, and the density is
 * that of y itself, so a log scale adds 2 log y and likelihoods on both scales can be compared. Censored (Beal's M3,
 * J. Pharmacokinet. Pharmacodyn. 28:481, 2001): the probability that h(y) lies beyond the limit.
 *
 * σ is `sd`, a, b|f|, a + b|f| or √(a² + b²f²). On a log scale f ≤ 0 has no likelihood and is refused, never floored;
 * only a value known to lie below a limit has one there, 1, the limit for f → 0. So is σ that is not positive refused.
 */
export function observationTerm({ value, scale, censored }: Measurement, f: number, law: ErrorLaw): ObservationTerm {
  if (!Number.isFinite(f)) return { ok: false, reason: `the prediction is ${f}` }
  const logarithmic = scale === 'log'
  if (logarithmic && !(f > 0)) {
    if (censored === 'left') return { ok: true, objective: 0, constant: 0, rows: [], weightedResidual: NaN }
    return { ok: false, reason: `the prediction ${f} has no logarithm` }
  }
  const { sigma, df, da, db } = spread(law, f)
  if (!(sigma > 0))
    return { ok: false, reason: `the standard deviation of the residual is ${sigma} at a prediction of ${f}` }
  const slope = logarithmic ? 1 / f : 1
  const difference = logarithmic ? log(f) - log(value) : f - value

  if (censored !== null) {
    const side = censored === 'left' ? -1 : 1
    const z = (side * difference) / sigma
    const { lambda, kappa } = inverseMillsRatio(z)
    const objective = -2 * logNormalCdf(z)
    if (!(kappa > 0)) return { ok: true, objective, constant: 0, rows: [], weightedResidual: NaN }
    const w = Math.sqrt(kappa)
    const dz = { f: (side * slope - z * df) / sigma, a: (-z * da) / sigma, b: (-z * db) / sigma }
    const rows = [{ residual: -lambda / w, prediction: w * dz.f, a: w * dz.a, b: w * dz.b }]
    return { ok: true, objective, constant: 0, rows, weightedResidual: NaN }
  }

  const e = difference / sigma
  const jacobian = logarithmic ? 2 * log(value) : 0
  const mean = { residual: e, prediction: slope / sigma, a: 0, b: 0 }
  if (law.kind === 'given') {
    const constant = logTwoPi + 2 * log(sigma) + jacobian
    return { ok: true, objective: e * e, constant, rows: [mean], weightedResidual: -e }
  }
  const relative = Math.SQRT2 / sigma
  const variance = {
    residual: (1 - e * e) * Math.SQRT1_2,
    prediction: relative * df,
    a: relative * da,
    b: relative * db,
  }
  return {
    ok: true,
    objective: e * e + 2 * log(sigma),
    constant: logTwoPi + jacobian,
    rows: [mean, variance],
    weightedResidual: -e,
  }
}

/** σ and its derivatives with respect to f, a and b; at f = 0 that of |f| is taken as from above. */
function spread(
  law: ErrorLaw,
  f: number,
): { readonly sigma: number; readonly df: number; readonly da: number; readonly db: number } {
  const size = Math.abs(f)
  const sign = f < 0 ? -1 : 1
  switch (law.kind) {
    case 'given':
      return { sigma: law.sd, df: 0, da: 0, db: 0 }
    case 'additive':
      return { sigma: law.a, df: 0, da: 1, db: 0 }
    case 'proportional':
      return { sigma: law.b * size, df: law.b * sign, da: 0, db: size }
    case 'combined1':
      return { sigma: law.a + law.b * size, df: law.b * sign, da: 1, db: size }
    case 'combined2': {
      const sigma = Math.sqrt(law.a * law.a + law.b * law.b * f * f)
      return { sigma, df: (law.b * law.b * f) / sigma, da: law.a / sigma, db: (law.b * f * f) / sigma }
    }
  }
}
