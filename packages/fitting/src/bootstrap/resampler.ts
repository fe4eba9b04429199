import { exp, log, randomStream } from '@cartkin/numerics'
import type { FitPrediction, FitResult } from '../fit-result.ts'
import type { FitObservation, FitProblem } from '../problem/fit-problem.ts'
import { predictions } from '../problem/predictions.ts'
import { deviate } from './deviate.ts'

/** What is drawn anew: whole subjects, observations from the fitted error model, or its own residuals. */
export type BootstrapKind = 'case' | 'parametric' | 'residual'

/** The part of a fit that a bootstrap begins at. */
export type BootstrappedFit = Pick<FitResult, 'estimates' | 'predictions' | 'residualVariance'>

/** Problem k of a bootstrap: the data drawn anew, the starts at the estimates. A function of the seed and k alone. */
export type Resampler = (replicate: number) => FitProblem

/** Throws a RangeError where the kind does not suit the data. */
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
    if (length < 2)
      throw new RangeError(
        'a case bootstrap draws subjects, and there is only one; take the parametric or the residual bootstrap',
      )
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
    const freedoms = degreesOfFreedom(problem, fit)
    return (replicate) => {
      const random = stream(replicate)
      return withObservations(from, (observation, place, subject) => {
        const { centre, deviation, onLog } = laws[place]!
        const { blq } = problem.endpoints[observation.endpoint]!
        for (let attempt = 0; ; attempt++) {
          const drawn =
            centre + deviation * deviate(random, attempts * place + attempt, freedoms[observation.endpoint]!)
          const value = onLog ? exp(drawn) : drawn
          if (blq === 'M4' && !(value > 0) && attempt + 1 < attempts) continue
          return measured(observation, value, limits(subject, observation), blq === 'M2')
        }
      })
    }
  }
  const censored = fit.predictions.filter((row) => row.censored !== null).length
  if (censored > 0)
    throw new RangeError(
      `a residual bootstrap needs residuals, which ${censored} censored observations do not have; take the parametric or the case bootstrap`,
    )
  if (problem.endpoints.some(({ blq }) => blq === 'M2' || blq === 'M4'))
    throw new RangeError(
      'a residual bootstrap cannot keep values above a limit (M2, M4); take the parametric or the case bootstrap',
    )
  const pools = residualPools(problem, fit.predictions)
  return (replicate) => {
    const { uniform } = stream(replicate)
    return withObservations(from, (observation, place) => {
      const { centre, own, onLog } = laws[place]!
      const pool = pools[observation.endpoint]!
      const drawn = centre + own * pool[Math.floor(pool.length * uniform(place))]!
      return { ...observation, value: onLog ? exp(drawn) : drawn }
    })
  }
}

/** Where an observation is centred on its residual scale, and how it spreads. */
interface ResidualLaw {
  readonly centre: number
  /** Standard deviation as the error model has it; `deviation` with the common factor of given errors. */
  readonly own: number
  readonly deviation: number
  readonly onLog: boolean
}

/** In problem order. */
function residualLaws(problem: FitProblem, fit: BootstrappedFit): readonly ResidualLaw[] {
  const rows = fit.predictions
  const onLog = (observation: FitObservation) => problem.endpoints[observation.endpoint]?.scale === 'log'
  // A standard deviation is read off an observation that lies off its prediction by a known distance, whatever the error model.
  const plain = {
    ...problem,
    endpoints: problem.endpoints.map(({ quantity, scale, error }) => ({ quantity, scale, error })),
  }
  const apart = withObservations(
    plain,
    ({ censored: _censored, upper: _upper, lloq: _lloq, ...observation }, place) => {
      const f = rows[place]!.predicted
      if (!Number.isFinite(f) || (onLog(observation) && !(f > 0)))
        throw new RangeError(
          `subject ${rows[place]!.subject}, ${rows[place]!.quantity} at time ${rows[place]!.time}: the fit predicts ${f}, around which nothing can be drawn; take the case bootstrap`,
        )
      return { ...observation, value: onLog(observation) ? f * 2 : f + offset(f) }
    },
  )
  const values = Object.fromEntries(fit.estimates.map(({ name, estimate }) => [name, estimate]))
  const shifted = predictions(apart, values)
  const factor = Math.sqrt(fit.residualVariance)
  const observations = problem.subjects.flatMap((subject) => subject.observations)
  return observations.map((observation, place): ResidualLaw => {
    const f = rows[place]!.predicted
    const { weightedResidual } = shifted[place]!
    const own = (onLog(observation) ? Math.LN2 : f + offset(f) - f) / weightedResidual
    const given = problem.endpoints[observation.endpoint]?.error.kind === 'given'
    return {
      centre: onLog(observation) ? log(f) : f,
      own,
      deviation: given && Number.isFinite(factor) ? own * factor : own,
      onLog: onLog(observation),
    }
  })
}

function offset(f: number): number {
  return f === 0 ? 1 : Math.abs(f)
}

/** Weighted residuals by endpoint, centred, and widened by √(N/(N − parameters)) for what the fit took from them. */
function residualPools(problem: FitProblem, rows: readonly FitPrediction[]): readonly (readonly number[])[] {
  const observations = problem.subjects.flatMap((subject) => subject.observations)
  const freedom = rows.length - problem.estimated.length
  if (!(freedom > 0))
    throw new RangeError(
      `${rows.length} observations leave no residuals to draw from beside ${problem.estimated.length} parameters; take the parametric bootstrap`,
    )
  const wider = Math.sqrt(rows.length / freedom)
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

/** An assay that reads a value: below its limit it says only so, or nothing at all, and above it what it is. */
function measured(
  observation: FitObservation,
  value: number,
  limit: number,
  leavesOut: boolean,
): FitObservation | null {
  const { censored, upper, ...rest } = observation
  if (censored === 'right') return value > observation.value ? observation : { ...rest, value }
  if (censored === 'interval') {
    if (value < observation.value) return { ...rest, value: observation.value, censored: 'left' }
    return upper !== undefined && value <= upper ? observation : { ...rest, value }
  }
  if (value >= limit) return { ...rest, value }
  return leavesOut ? null : { ...rest, value: limit, censored: 'left' }
}

/** Degrees of freedom of the errors of each endpoint; Infinity where they are normal. */
function degreesOfFreedom(problem: FitProblem, { estimates }: BootstrappedFit): readonly number[] {
  const number = (name: string): number => {
    const tie = problem.ties?.[name]
    const estimate = estimates.find((entry) => entry.name === (tie?.parameter ?? name))?.estimate
    if (estimate !== undefined) return (tie?.factor ?? 1) * estimate
    const index = problem.model.model.parameters.findIndex((parameter) => parameter.name === name)
    return problem.errorParameters[name] ?? problem.parameters[index] ?? NaN
  }
  return problem.endpoints.map(({ distribution }) => {
    if (distribution === undefined || distribution.kind === 'normal') return Infinity
    return typeof distribution.df === 'number' ? distribution.df : number(distribution.df)
  })
}

/** Most draws of an observation that must lie above 0. */
const attempts = 64

/**
 * The limit of quantification of an observation: its `lloq`, its own value where it is left-censored, else that of the subject's nearest
 * left-censored observation of the endpoint, else of the first of any subject; −Infinity where none is censored.
 */
function lowerLimits(problem: FitProblem): (subject: number, observation: FitObservation) => number {
  const censoredOf = (observations: readonly FitObservation[], endpoint: number) =>
    observations.filter((other) => other.censored === 'left' && other.endpoint === endpoint)
  const first = problem.endpoints.map(
    (_, endpoint) => problem.subjects.flatMap(({ observations }) => censoredOf(observations, endpoint))[0]?.value,
  )
  return (subject, observation) => {
    if (observation.lloq !== undefined) return observation.lloq
    if (observation.censored === 'left') return observation.value
    const own = censoredOf(problem.subjects[subject]!.observations, observation.endpoint)
    const away = (other: FitObservation) => Math.abs(other.time - observation.time)
    if (own.length > 0) return own.reduce((a, b) => (away(b) < away(a) ? b : a)).value
    return first[observation.endpoint] ?? -Infinity
  }
}
