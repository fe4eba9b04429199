import type { Endpoint, EstimatedParameter, FitObservation, FitSubject } from '@cartkin/fitting'
import type { DataRemark } from '@cartkin/tables'

/**
 * Why subjects cannot be fitted that have no more quantified values than the course has parameters: it may pass through all of them,
 * and the likelihood grows without end as the residual error shrinks. Nothing where the residual error is not estimated.
 */
export function tooFewValues(
  subjects: readonly FitSubject[],
  endpoints: readonly Endpoint[],
  estimated: readonly EstimatedParameter[],
): readonly DataRemark[] {
  return subjects.flatMap(({ id, observations }): readonly DataRemark[] => {
    const message = tooFew(observations, endpoints, estimated)
    return message === undefined ? [] : [{ subject: id, kind: 'unfit', message: `its ${message}` }]
  })
}

/** The same of subjects that share one set of estimates, with all of their values; undefined where they are enough. */
export function tooFewPooled(
  subjects: readonly FitSubject[],
  endpoints: readonly Endpoint[],
  estimated: readonly EstimatedParameter[],
): string | undefined {
  const message = tooFew(
    subjects.flatMap(({ observations }) => observations),
    endpoints,
    estimated,
  )
  return message && `the ${message}`
}

function tooFew(
  observations: readonly FitObservation[],
  endpoints: readonly Endpoint[],
  estimated: readonly EstimatedParameter[],
): string | undefined {
  const residual = new Set(endpoints.flatMap(({ error }) => Object.values(error)))
  const free = estimated.filter(({ name, prior }) => !residual.has(name) && prior === undefined).length
  if (!estimated.some(({ name }) => residual.has(name))) return undefined
  const quantified = observations.filter(({ censored }) => censored === undefined || censored === 'interval').length
  if (quantified < 2 || quantified > free) return undefined
  return `${quantified} quantified values are no more than the ${free} parameters of the course, which may pass through all of them, so that the residual error has no least value; estimate fewer parameters (--estimate)`
}
