import { randomStream } from '@cartkin/numerics'
import type { FitPrediction, FitResult } from '../fit-result.ts'
import type { FitObservation, FitProblem } from '../problem/fit-problem.ts'
import { lowerLimits, measured } from './assay.ts'
import { deviate } from './deviate.ts'
import { residualLaws } from './residual-laws.ts'

/** What is drawn anew: whole subjects, observations from the fitted error model, or its own residuals. */
export type BootstrapKind = 'case' | 'parametric' | 'residual'

/** The part of a fit that a bootstrap begins at. */
export type BootstrappedFit = Pick<FitResult, 'estimates' | 'predictions' | 'residualVariance'>

/** Problem k of a bootstrap: the data drawn anew, the starts at the estimates. A function of the seed and k alone. */
export type Resampler = (replicate: number) => FitProblem

/** Most draws of an observation that must lie above 0. */
const attempts = 64

/**
 * The data sets of a bootstrap that `checkBootstrap` allows. Throws a RangeError where nothing can be drawn around what the
 * fit predicts.
 */
export function resampler(problem: FitProblem, fit: BootstrappedFit, kind: BootstrapKind, seed: number): Resampler {
  const estimates = new Map(fit.estimates.map(({ name, estimate }) => [name, estimate]))
  const estimated = problem.estimated.map((parameter) => ({
    ...parameter,
    start: estimates.get(parameter.name) ?? parameter.start,
  }))
  const from = { ...problem, estimated }
  const stream = (replicate: number) => randomStream({ seed, study: `bootstrap, ${kind}`, subject: replicate })
  if (kind === 'case') {
    const { subjects } = problem
    const { length } = subjects
    return (replicate) => {
      const { uniform } = stream(replicate)
      const drawn = subjects.map((_, place) => {
        const subject = subjects[Math.floor(length * uniform(place))]!
        return { ...subject, id: `${place + 1}: ${subject.id}` }
      })
      return { ...from, subjects: drawn }
    }
  }
  const laws = residualLaws(problem, fit)
  if (kind === 'parametric') {
    const limits = lowerLimits(problem)
    return (replicate) => {
      const random = stream(replicate)
      return withObservations(from, (observation, place, subject) => {
        const { centre, deviation, freedom, value: valueAt } = laws[place]!
        const { blq } = problem.endpoints[observation.endpoint]!
        for (let attempt = 0; ; attempt++) {
          const drawn = centre + deviation * deviate(random, attempts * place + attempt, freedom)
          const value = valueAt(drawn)
          if (blq === 'M4' && !(value > 0) && attempt + 1 < attempts) continue
          return measured(observation, value, limits(subject, observation), blq === 'M2')
        }
      })
    }
  }
  const pools = residualPools(problem, fit.predictions)
  return (replicate) => {
    const { uniform } = stream(replicate)
    return withObservations(from, (observation, place) => {
      const { centre, own, value: valueAt } = laws[place]!
      const pool = pools[observation.endpoint]!
      const drawn = centre + own * pool[Math.floor(pool.length * uniform(place))]!
      return { ...observation, value: valueAt(drawn) }
    })
  }
}

/** Weighted residuals by endpoint, centred, and widened by √(N/(N − parameters)) for what the fit took from them. */
function residualPools(problem: FitProblem, rows: readonly FitPrediction[]): readonly (readonly number[])[] {
  const observations = problem.subjects.flatMap((subject) => subject.observations)
  const wider = Math.sqrt(rows.length / (rows.length - problem.estimated.length))
  return problem.endpoints.map((_, endpoint) => {
    const own = rows.flatMap(({ weightedResidual }, k) =>
      observations[k]?.endpoint === endpoint ? [weightedResidual] : [],
    )
    let sum = 0
    for (const residual of own) sum += residual
    return own.map((residual) => wider * (residual - sum / own.length))
  })
}

/** The problem with observations changed one by one, or left out; `place` counts them in problem order. */
function withObservations(
  problem: FitProblem,
  change: (observation: FitObservation, place: number, subject: number) => FitObservation | null,
): FitProblem {
  let place = 0
  return {
    ...problem,
    subjects: problem.subjects.map((subject, s) => ({
      ...subject,
      observations: subject.observations.flatMap((observation) => change(observation, place++, s) ?? []),
    })),
  }
}
