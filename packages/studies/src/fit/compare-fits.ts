import { type Endpoint, likelihoodRatio, scaleFunctions } from '@cartkin/fitting'
import { log } from '@cartkin/numerics'
import { InputError } from '../files/input-error.ts'
import type { BlqMethod } from './below-quantification.ts'

/** A fit as it stands among those it is compared with. */
export interface FitStanding {
  /** What it is called: its folder or label, as given. */
  readonly name: string
  readonly model: string
  readonly converged: boolean
  readonly observations: number
  /** What is made of values below quantification; null where the fit does not say it. */
  readonly blq: BlqMethod | null
  /** Residual errors in words: `C: log`. */
  readonly errors: string
  readonly estimated: readonly string[]
  /** Of the observations alone, all constants included. */
  readonly minusTwoLogLikelihood: number
  readonly aic: number
  readonly bic: number
  /** Above the least of those compared. */
  readonly deltaAic: number
  readonly deltaBic: number
}

/** A likelihood ratio test of two of the fits, or why there is none. */
export interface FitTest {
  readonly smaller: string
  readonly larger: string
  readonly degreesOfFreedom: number
  /** NaN where the two are not tested. */
  readonly statistic: number
  readonly p: number
  /** In words: what the larger estimates in addition, or why there is no test; doubts about it. */
  readonly message: string
}

export interface FitComparison {
  readonly fits: readonly FitStanding[]
  /** Why AIC and BIC do not compare some of the fits. */
  readonly warnings: readonly string[]
  readonly tests: readonly FitTest[]
}

/** The part of a fit that it is compared by. */
export interface FitToCompare {
  readonly name: string
  readonly model: string
  /** What it was fitted to: equal texts are the same data. */
  readonly data: string
  readonly blq: BlqMethod | null
  readonly endpoints: readonly Pick<Endpoint, 'quantity' | 'scale' | 'error' | 'distribution' | 'blq'>[]
  readonly status: string
  readonly objective: number
  readonly objectiveKind: 'weighted-sum-of-squares' | 'minus-two-log-likelihood'
  readonly priorObjective: number
  readonly aic: number
  readonly bic: number
  readonly estimates: readonly { readonly name: string; readonly atBound: string | null }[]
  readonly predictions: readonly Observed[]
}

interface Observed {
  readonly subject: string
  readonly quantity: string
  readonly time: number
  readonly observed: number
  readonly censored: string | null
}

interface KnownFit extends Omit<FitStanding, 'deltaAic' | 'deltaBic'> {
  readonly hasPriors: boolean
  readonly atBound: readonly string[]
  readonly kind: FitToCompare['objectiveKind']
  /** What the likelihood of each endpoint is given: that values lie above their limits (M2), or above 0 (M4). */
  readonly conditions: string
  /** Scales of the residuals. */
  readonly scales: string
}

/**
 * Compares fits of the same data: AIC and BIC of all, likelihood ratio tests of every two of which the one lies within the other by
 * its estimated parameters.
 *
 * @throws InputError for fits of different data or of different observations of the same data.
 */
export function compareFits(fits: readonly FitToCompare[]): FitComparison {
  const [first] = fits
  for (const fit of fits) if (first !== undefined && fit !== first) checkSameData(first, fit)
  const known = fits.map(knownFit)
  const least = (values: readonly number[]) => Math.min(...values.filter(Number.isFinite))
  const aic = least(known.map((fit) => fit.aic))
  const bic = least(known.map((fit) => fit.bic))
  const bySize = known.toSorted((a, b) => a.estimated.length - b.estimated.length)
  return {
    fits: known.map(({ hasPriors: _, atBound: __, kind: ___, conditions: ____, scales: _____, ...fit }) => ({
      ...fit,
      deltaAic: fit.aic - aic,
      deltaBic: fit.bic - bic,
    })),
    warnings: warningsOf(known),
    tests: bySize.flatMap((smaller, k) => bySize.slice(k + 1).map((larger) => testOf(smaller, larger))),
  }
}

function knownFit({ endpoints, estimates, predictions, objectiveKind, ...fit }: FitToCompare): KnownFit {
  const { name, model, blq, status, objective, priorObjective, aic, bic } = fit
  const given = objectiveKind === 'weighted-sum-of-squares'
  return {
    name,
    model,
    blq,
    errors: endpoints.map(errorText).join(', '),
    converged: status === 'converged',
    observations: predictions.length,
    estimated: estimates.map((estimate) => estimate.name),
    atBound: estimates.flatMap((estimate) => (estimate.atBound === null ? [] : [estimate.name])),
    hasPriors: priorObjective > 0,
    kind: objectiveKind,
    scales: JSON.stringify(endpoints.map(({ scale }) => scale)),
    // on some scales values are above 0 anyway
    conditions: endpoints
      .map(({ scale, blq: by }) => (by === 'M2' ? 'M2' : by === 'M4' && scaleFunctions(scale).low < 0 ? 'M4' : ''))
      .join(' '),
    // the common scale of given errors is a parameter, too, unless priors speak on it
    minusTwoLogLikelihood: given
      ? aic - 2 * (estimates.length + (priorObjective > 0 ? 0 : 1))
      : objective - priorObjective,
    aic,
    bic,
  }
}

/** `C: log`, `C: combined2 (t)`. */
function errorText({ quantity, scale, error, distribution }: FitToCompare['endpoints'][number]): string {
  const on = typeof scale === 'string' ? scale : scale.kind
  const kind = on === 'linear' ? error.kind : error.kind === 'additive' ? on : `${on}, ${error.kind}`
  return `${quantity}: ${kind}${distribution?.kind === 't' ? ' (t)' : ''}`
}

function warningsOf(fits: readonly KnownFit[]): readonly string[] {
  const [first, ...others] = fits
  const other = others.find((fit) => fit.conditions !== first?.conditions)
  if (first === undefined || other === undefined) return []
  const given = ({ name, conditions }: KnownFit) => {
    const all = new Set(conditions.split(' '))
    const says = [
      ...(all.has('M2') ? ['given that they lie above the limit of quantification (M2)'] : []),
      ...(all.has('M4') ? ['given that true values are above 0 (M4)'] : []),
    ]
    return `${name} has the likelihood of the values ${says.join(' and ') || 'as they are'}`
  }
  return [
    `${given(first)}, ${given(other)}: neither AIC and BIC nor a test compares them; fit both with the same --blq`,
  ]
}

function checkSameData(a: FitToCompare, b: FitToCompare): void {
  const isLogarithm = (p: FitToCompare, q: FitToCompare) =>
    p.predictions.length === q.predictions.length &&
    p.predictions.every(({ observed }, k) => {
      const other = q.predictions[k]?.observed ?? Number.NaN
      return observed > 0 && Math.abs(log(observed) - other) <= 1e-6 * Math.max(1, Math.abs(other))
    })
  for (const [values, logs] of [
    [a, b],
    [b, a],
  ] as const)
    if (isLogarithm(values, logs))
      throw new InputError(
        logs.name,
        `was fitted to the logarithms of what ${values.name} was fitted to: their likelihoods differ by that of the scale (2 Σ log y) and do not compare; fit values with the error log, or logarithms with --log-dv`,
      )
  if (a.data !== b.data)
    throw new InputError(
      b.name,
      `was fitted to other data than ${a.name} (${b.data} and ${a.data}); likelihoods compare only fits of the same data`,
    )
  const differs = (k: number) => {
    const [p, q] = [a.predictions[k], b.predictions[k]]
    return (
      p?.subject !== q?.subject || p?.time !== q?.time || p?.observed !== q?.observed || p?.censored !== q?.censored
    )
  }
  const isSameLength = a.predictions.length === b.predictions.length
  const different = a.predictions.findIndex((_, k) => differs(k))
  if (isSameLength && different < 0) return
  const censored = ({ predictions }: FitToCompare) => predictions.some((one) => one.censored === 'left')
  if (!isSameLength && censored(a) !== censored(b)) {
    const [counts, leaves] = censored(a) ? [a, b] : [b, a]
    throw new InputError(
      b.name,
      `was fitted to other observations than ${a.name}: ${counts.name} counts values below quantification (M3, M4; ${counts.predictions.length} observations), ${leaves.name} leaves them out (M1, M2; ${leaves.predictions.length}), so that neither AIC nor BIC compares them; fit both with the same --blq`,
    )
  }
  const where = isSameLength
    ? `observation ${different + 1} is not the same`
    : `${a.predictions.length} and ${b.predictions.length} observations`
  throw new InputError(
    b.name,
    `was fitted to other observations of the same file than ${a.name} (${where}); fit both with the same --lloq, --blq, --observe, --ignore and --column`,
  )
}

function testOf(smaller: KnownFit, larger: KnownFit): FitTest {
  const pair = { smaller: smaller.name, larger: larger.name }
  const untested = (message: string) => ({
    ...pair,
    degreesOfFreedom: Math.max(0, larger.estimated.length - smaller.estimated.length),
    statistic: Number.NaN,
    p: Number.NaN,
    message,
  })
  if (smaller.kind !== larger.kind)
    return untested('one takes the errors as given, the other estimates them; compare by AIC or BIC')
  if (smaller.hasPriors || larger.hasPriors)
    return untested('a fit with priors is not at the highest likelihood, which the test needs; compare by AIC or BIC')
  if (smaller.conditions !== larger.conditions)
    return untested('their likelihoods are given different events; see above')
  if (smaller.scales !== larger.scales)
    return untested('their residuals are on different scales, so neither lies within the other; compare by AIC or BIC')
  const ratio = likelihoodRatio(smaller, larger)
  if (ratio.status === 'not-nested') return untested(ratio.message)
  const { added, statistic, degreesOfFreedom, p } = ratio
  const bounded = added.filter((name) => larger.atBound.includes(name))
  const doubts = [
    ...(statistic < 0 ? ['the larger fits worse, so it is not at its optimum: start it elsewhere'] : []),
    ...(smaller.converged && larger.converged ? [] : ['a fit did not converge']),
    ...(bounded.length > 0 ? [`${bounded.join(', ')} at a bound: p is too large`] : []),
    ...(smaller.model === larger.model
      ? []
      : ['the texts differ: that the one is a special case of the other is for you to know']),
  ]
  return { ...pair, degreesOfFreedom, statistic, p, message: [`adds ${added.join(', ')}`, ...doubts].join('; ') }
}
