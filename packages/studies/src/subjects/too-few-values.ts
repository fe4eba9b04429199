import type { Endpoint, EstimatedParameter, FitSubject } from '@cartkin/fitting'
import type { DataRemark } from '@cartkin/tables'

/** Why subjects that share one set of estimates cannot be fitted: the same of all of their values. */
export function tooFewPooled(
  subjects: readonly FitSubject[],
  endpoints: readonly Endpoint[],
  estimated: readonly EstimatedParameter[],
): string | undefined {
  const observations = subjects.flatMap((subject) => subject.observations)
  const [found] = tooFewValues(
    subjects.slice(0, 1).map((subject) => ({ ...subject, observations })),
    endpoints,
    estimated,
  )
  return found?.message
}

/**
 * Why subjects cannot be fitted that have no more quantified values than the course has parameters: it may pass through all of them,
 * and the likelihood grows without end as the residual error shrinks. Nothing where the residual error is not estimated.
 */
export function tooFewValues(
  subjects: readonly FitSubject[],
  endpoints: readonly Endpoint[],
  estimated: readonly EstimatedParameter[],
): readonly DataRemark[] {
  const residual = new Set(endpoints.flatMap(({ error }) => Object.values(error)))
  const free = estimated.filter(({ name, prior }) => !residual.has(name) && prior === undefined).length
  if (!estimated.some(({ name }) => residual.has(name))) return []
  return subjects.flatMap(({ id, observations }): readonly DataRemark[] => {
    const quantified = observations.filter(({ censored }) => censored === undefined || censored === 'interval').length
    if (quantified < 2 || quantified > free) return []
    return [
      {
        subject: id,
        kind: 'unfit',
        message: `its ${quantified} quantified values are no more than the ${free} parameters of the course, which may pass through all of them, so that the residual error has no least value; estimate fewer parameters (--estimate)`,
      },
    ]
  })
}
