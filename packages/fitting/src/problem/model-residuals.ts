import { RunMemory, simulateSubject } from '@cartkin/simulation'
import { type Measurement, type ObservationTerm, observationTerm } from '../likelihood/observation-term.ts'
import type { Evaluation, ResidualProblem } from '../search/residual-problem.ts'
import type { FitObservation } from './fit-problem.ts'
import { priorResidual } from './prior-term.ts'
import { errorDistribution, errorLaw } from './residual-error.ts'
import type { ResolvedEndpoint, ResolvedProblem, ResolvedSubject, Source } from './resolve-problem.ts'

/**
 * Relative tolerance of runs where a problem gives none: a tenth of a simulation's, whose errors would hide the last steps of a
 * search (30 parameters of the lupus model take 33 to 53 evaluations, instead of 58 to 63 at 1e-6, and less time).
 */
const defaultRtol = 1e-7

/** Most rows that one observation brings: location, spread and degrees of freedom. */
const mostRows = 3

/**
 * The residual problem of a fit, in coordinates (see `Transform`).
 *
 * @param memory where its runs are kept, one after another (memory of its own).
 */
export function modelResiduals(
  resolved: ResolvedProblem,
  shouldStop?: () => boolean,
  memory = new RunMemory(),
): ResidualProblem {
  const { estimated } = resolved.problem
  return {
    dimension: estimated.length,
    lower: Float64Array.from(resolved.transforms, ({ lowest }) => lowest),
    upper: Float64Array.from(resolved.transforms, ({ highest }) => highest),
    longestStep: Float64Array.from(resolved.transforms, ({ longestStep }) => longestStep),
    exactResiduals: resolved.leastSquares && resolved.censoredCount === 0,
    evaluate: (x, derivatives = true) => {
      const values = naturalValues(resolved, x)
      const evaluation = evaluateAt(resolved, values, {
        derivatives,
        memory,
        ...(shouldStop !== undefined && { shouldStop }),
      })
      if (evaluation.status !== 'evaluated' || !derivatives) return evaluation
      const { jacobian, rows } = evaluation
      const n = x.length
      for (let j = 0; j < n; j++) {
        const slope = resolved.transforms[j]!.slope(values[j]!)
        for (let i = 0; i < rows; i++) jacobian[i * n + j] = jacobian[i * n + j]! * slope
      }
      return evaluation
    },
  }
}

/** Coordinates to natural values; a coordinate of a bound or of the start gives that value to the last bit. */
export function naturalValues({ problem, transforms }: ResolvedProblem, x: Float64Array): Float64Array {
  return x.map((coordinate, j) => {
    const { lower, upper, start } = problem.estimated[j]!
    const transform = transforms[j]!
    for (const value of [lower, upper, start]) if (coordinate === transform.toCoordinate(value)) return value
    return Math.min(upper, Math.max(lower, transform.toValue(coordinate)))
  })
}

export interface EvaluateOptions {
  readonly derivatives: boolean
  readonly shouldStop?: () => boolean
  /** Where runs are kept, one after another (memory of its own for each). */
  readonly memory?: RunMemory
  /** Told of every observation, subject by subject in order of time. */
  readonly onTerm?: (subject: number, observation: number, prediction: number, term: ObservationTerm) => void
}

/**
 * The objective at natural values of the estimated parameters, with residual rows and their derivatives with respect to
 * these values; priors come last. Any observation without a prediction or likelihood fails the whole: nothing is counted as 0.
 */
export function evaluateAt(resolved: ResolvedProblem, values: Float64Array, options: EvaluateOptions): Evaluation {
  const n = values.length
  const residuals = new Float64Array(mostRows * resolved.observationCount + resolved.priors.length)
  const jacobian = new Float64Array(options.derivatives ? residuals.length * n : 0)
  let rows = 0
  let objective = 0
  for (let s = 0; s < resolved.subjects.length; s++) {
    const subject = resolved.subjects[s]!
    const predictions = predict(resolved, subject, values, options)
    if ('status' in predictions) return predictions
    const { f, df } = predictions
    for (const k of subject.order) {
      const observation = subject.subject.observations[k]!
      const endpoint = resolved.endpoints[observation.endpoint]!
      const term = observationTerm(
        measurementOf(endpoint, observation),
        f[k]!,
        errorLaw(endpoint, values, observation.sd),
        errorDistribution(endpoint, values),
      )
      options.onTerm?.(s, k, f[k]!, term)
      if (!term.ok) {
        const reason = `subject ${subject.subject.id}, ${endpoint.endpoint.quantity} at time ${observation.time}: ${term.reason}`
        return { status: 'failed', reason }
      }
      objective += resolved.leastSquares ? term.objective : term.objective + term.constant
      for (const row of term.rows) {
        residuals[rows] = row.residual
        if (options.derivatives) {
          const base = rows * n
          for (let j = 0; j < n; j++) jacobian[base + j] = row.prediction * df[k * n + j]!
          const addTo = ({ estimated, factor }: Source, weight: number): void => {
            if (estimated >= 0) jacobian[base + estimated] = jacobian[base + estimated]! + factor * weight
          }
          addTo(endpoint.a, row.a)
          addTo(endpoint.b, row.b)
          addTo(endpoint.c, row.c)
          addTo(endpoint.df, row.df)
        }
        rows++
      }
    }
  }
  for (const prior of resolved.priors) {
    const residual = priorResidual(resolved, prior, values)
    objective += residual * residual
    residuals[rows] = residual
    if (options.derivatives) {
      const slope = resolved.transforms[prior.place]!.slope(values[prior.place]!)
      jacobian[rows * n + prior.place] = 1 / (slope * prior.sd)
    }
    rows++
  }
  return {
    status: 'evaluated',
    objective,
    scale: resolved.leastSquares ? objective : resolved.observationCount,
    rows,
    residuals: residuals.subarray(0, rows),
    jacobian: jacobian.subarray(0, options.derivatives ? rows * n : 0),
  }
}

interface Predictions {
  /** Prediction of each observation of the subject. */
  readonly f: Float64Array
  /** Its derivatives with respect to the natural values of the estimated parameters; observations × n. */
  readonly df: Float64Array
}

function predict(
  resolved: ResolvedProblem,
  { subject, parameters, end, order }: ResolvedSubject,
  values: Float64Array,
  { derivatives, shouldStop, memory }: EvaluateOptions,
): Predictions | Exclude<Evaluation, { readonly status: 'evaluated' }> {
  const { problem, modelParameters, places, factors, quantityCount } = resolved
  const n = values.length
  const m = modelParameters.length
  const own = Float64Array.from(parameters)
  for (let k = 0; k < m; k++) own[modelParameters[k]!] = factors[k]! * values[places[k]!]!
  const run = simulateSubject({
    model: problem.model,
    parameters: own,
    covariates: subject.covariates ?? [],
    records: subject.records,
    start: subject.start,
    ...(problem.startState !== undefined && { startState: problem.startState }),
    end,
    options: { rtol: defaultRtol, ...problem.solver, ...(shouldStop !== undefined && { shouldStop }) },
    ...(derivatives && { sensitivities: modelParameters }),
    ...(memory !== undefined && { memory }),
  })
  if (run.outcome.status === 'stopped') return { status: 'stopped' }
  if (run.outcome.status !== 'finished') {
    const why = run.outcome.status === 'failed' ? run.outcome.message : `the run ended at ${run.outcome.t}`
    return { status: 'failed', reason: `subject ${subject.id}: ${why}` }
  }
  const f = new Float64Array(subject.observations.length)
  const df = new Float64Array(derivatives ? f.length * n : 0)
  const read = new Float64Array(quantityCount)
  const tangents = new Float64Array(derivatives ? m * quantityCount : 0)
  let last: FitObservation | undefined
  for (const k of order) {
    const observation = subject.observations[k]!
    if (last === undefined || !isSeenAlike(observation, last)) {
      const { time, side, record } = observation
      if (record === undefined) run.read(time, read, side)
      else run.readRecord(record, read)
      if (derivatives && m > 0) {
        if (record === undefined) run.readSensitivities(time, tangents, side)
        else run.readRecordSensitivities(record, tangents)
      }
    }
    last = observation
    const { quantity } = resolved.endpoints[observation.endpoint]!
    f[k] = read[quantity]!
    if (derivatives)
      for (let j = 0; j < m; j++) {
        const place = k * n + places[j]!
        df[place] = df[place]! + factors[j]! * tangents[j * quantityCount + quantity]!
      }
  }
  return { f, df }
}

/** Whether two observations see the same of a course. */
function isSeenAlike(a: FitObservation, b: FitObservation): boolean {
  return a.record === b.record && a.time === b.time && (a.side ?? 'after') === (b.side ?? 'after')
}

/** An observation as the likelihood sees it, under the method of its endpoint for values below quantification. */
export function measurementOf(
  { endpoint: { scale, blq } }: ResolvedEndpoint,
  { value, censored, upper, lloq }: FitObservation,
): Measurement {
  const above = blq === 'M4' ? 0 : blq === 'M2' ? lloq : undefined
  return {
    value,
    scale,
    censored: censored ?? null,
    ...(upper !== undefined && { upper }),
    ...(above !== undefined && { above }),
  }
}
