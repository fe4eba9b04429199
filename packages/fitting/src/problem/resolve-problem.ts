import { knownParameters, MissingInputError, missingInputs, quantities } from '@cartkin/simulation'
import { scaleFunctions } from '../likelihood/residual-scale.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Endpoint, EstimatedParameter, FitObservation, FitProblem, FitSubject } from './fit-problem.ts'
import { type ResolvedTie, resolveTies } from './resolve-ties.ts'
import { type Transform, transformOf } from './transform.ts'

/** Where a number comes from: a multiple of an estimated parameter (its place among them), else a fixed value. */
export interface Source {
  readonly estimated: number
  readonly factor: number
  readonly value: number
}

export interface ResolvedEndpoint {
  readonly endpoint: Endpoint
  /** Place among states and outputs. */
  readonly quantity: number
  readonly a: Source
  readonly b: Source
  readonly c: Source
  /** Degrees of freedom of a t distribution. */
  readonly df: Source
}

export interface ResolvedSubject {
  readonly subject: FitSubject
  /** The model's parameters with the subject's own; estimated ones are to be replaced. */
  readonly parameters: Float64Array
  /** Last observation. */
  readonly end: number
  /** Places of its observations by time. */
  readonly order: readonly number[]
}

/** A prior that says something, on the estimation scale. */
export interface ResolvedPrior {
  /** Place of its parameter among the estimated. */
  readonly place: number
  readonly mean: number
  readonly sd: number
}

/** A fitting problem that has been checked, with every name looked up. */
export interface ResolvedProblem {
  readonly problem: FitProblem
  readonly transforms: readonly Transform[]
  /** Indices of the model parameters that are estimated or tied; each is `factors` times the estimated one at `places`. */
  readonly modelParameters: readonly number[]
  readonly places: readonly number[]
  readonly factors: readonly number[]
  /** Tied parameters, in the problem's order. */
  readonly ties: readonly ResolvedTie[]
  readonly priors: readonly ResolvedPrior[]
  readonly endpoints: readonly ResolvedEndpoint[]
  readonly subjects: readonly ResolvedSubject[]
  readonly quantityCount: number
  readonly observationCount: number
  readonly censoredCount: number
  /** Every error is given and normal, nothing is conditional: the objective is a weighted sum of squares. */
  readonly leastSquares: boolean
}

const nowhere: Source = { estimated: -1, factor: 1, value: 0 }

/** Checks a problem. Throws a RangeError that says what is wrong where, with the value and what is allowed. */
export function resolveProblem(problem: FitProblem): ResolvedProblem {
  const { model } = problem.model
  const parameterIndex = new Map(model.parameters.map(({ name }, k) => [name, k]))
  if (problem.parameters.length !== model.parameters.length)
    throw new RangeError(
      `the model has ${model.parameters.length} parameters, got values for ${problem.parameters.length}; make them with parameterVector`,
    )
  problem.parameters.forEach((value, k) => {
    const parameter = model.parameters[k]!
    // an input may have values by subject alone
    if (!Number.isFinite(value) && !(parameter.kind === 'covariate' && Number.isNaN(value)))
      throw new RangeError(`parameter ${parameter.name} must be a finite number, got ${value}`)
  })
  if (problem.estimated.length === 0) throw new RangeError('no parameter is to be estimated; name at least one')
  if (problem.subjects.length === 0) throw new RangeError('there is no subject to be fitted')

  const errorNames = new Set(problem.endpoints.flatMap(argumentsOf))
  const places = new Map<string, number>()
  problem.estimated.forEach((parameter, place) => {
    checkEstimated(parameter)
    const { name, lower } = parameter
    if (places.has(name)) throw new RangeError(`parameter ${name} is to be estimated twice`)
    if (!parameterIndex.has(name) && !errorNames.has(name))
      throw new RangeError(
        `${name} is to be estimated, but is neither a parameter of the model nor of an error${didYouMean(name, [...parameterIndex.keys(), ...errorNames])}`,
      )
    if (errorNames.has(name) && !(lower >= 0))
      throw new RangeError(
        `error parameter ${name} must not become negative: its lower bound is ${lower}, give 0 or more`,
      )
    places.set(name, place)
  })
  const ties = resolveTies(problem, places, [...parameterIndex.keys(), ...errorNames], errorNames)
  const tieOf = new Map(ties.map((tie) => [tie.name, tie]))
  for (const name of Object.keys(problem.errorParameters))
    if (!errorNames.has(name))
      throw new RangeError(
        `error parameter ${name} has a value, but no endpoint uses it${didYouMean(name, errorNames)}`,
      )

  const known = quantities(model)
  const source = (name: string): Source => {
    const place = places.get(name)
    if (place !== undefined) return { estimated: place, factor: 1, value: NaN }
    const tie = tieOf.get(name)
    if (tie !== undefined) return { estimated: tie.place, factor: tie.factor, value: NaN }
    const index = parameterIndex.get(name)
    const value = problem.errorParameters[name] ?? (index === undefined ? undefined : problem.parameters[index])
    if (value === undefined)
      throw new RangeError(
        `error parameter ${name} is not estimated and has no value${didYouMean(name, [...places.keys(), ...Object.keys(problem.errorParameters)])}`,
      )
    if (!(value >= 0)) throw new RangeError(`error parameter ${name} must not be negative, got ${value}`)
    return { estimated: -1, factor: 1, value }
  }
  const sourceOf = (argument: string | number | undefined): Source => {
    if (typeof argument === 'string') return source(argument)
    return argument === undefined ? nowhere : { estimated: -1, factor: 1, value: argument }
  }
  const endpoints = problem.endpoints.map((endpoint, e): ResolvedEndpoint => {
    const quantity = known.findIndex(({ name }) => name === endpoint.quantity)
    if (quantity < 0)
      throw new RangeError(
        `endpoint ${e + 1} observes ${endpoint.quantity}, which is neither a state nor an output of the model${didYouMean(
          endpoint.quantity,
          known.map(({ name }) => name),
        )}`,
      )
    const { error } = endpoint
    checkScale(endpoint)
    const { distribution } = endpoint
    const exponent = 'c' in error ? error.c : undefined
    if (typeof exponent === 'number' && !(exponent >= 0 && exponent < Infinity))
      throw new RangeError(
        `endpoint ${endpoint.quantity}: the exponent of its error is ${exponent}; it must be 0 or more`,
      )
    const freedom = distribution?.kind === 't' ? distribution.df : undefined
    if (typeof freedom === 'number' && !(freedom > 0 && freedom < Infinity))
      throw new RangeError(
        `endpoint ${endpoint.quantity}: its t distribution has ${freedom} degrees of freedom; give a number above 0`,
      )
    return {
      endpoint,
      quantity,
      a: 'a' in error ? source(error.a) : nowhere,
      b: 'b' in error ? source(error.b) : nowhere,
      c: sourceOf(exponent),
      df: sourceOf(freedom),
    }
  })

  const ids = new Set<string>()
  let observationCount = 0
  let censoredCount = 0
  const subjects = problem.subjects.map((subject): ResolvedSubject => {
    if (ids.has(subject.id)) throw new RangeError(`two subjects are called ${subject.id}`)
    ids.add(subject.id)
    for (const name of Object.keys(subject.parameters))
      if (places.has(name))
        throw new RangeError(`subject ${subject.id} brings its own value of ${name}, which is to be estimated for all`)
    for (const { name } of subject.covariates ?? [])
      if (places.has(name))
        throw new RangeError(`subject ${subject.id} brings values of ${name} that change, which is to be estimated`)
    const own = knownParameters(model, subject.parameters)
    const parameters = Float64Array.from(problem.parameters)
    for (const name of Object.keys(subject.parameters)) {
      const k = parameterIndex.get(name)
      if (k !== undefined) parameters[k] = own[k]!
    }
    for (const { name, start } of problem.estimated) {
      const k = parameterIndex.get(name)
      if (k !== undefined) parameters[k] = start
    }
    for (const { name, place, factor } of ties) {
      const k = parameterIndex.get(name)
      if (k !== undefined) parameters[k] = factor * problem.estimated[place]!.start
    }
    const missing = missingInputs(model, parameters)
    if (missing.length > 0) throw new MissingInputError(missing, `subject ${subject.id}: `)
    let end = subject.start
    subject.observations.forEach((observation, k) => {
      checkObservation(problem, subject, observation, k)
      end = Math.max(end, observation.time)
      observationCount++
      if (observation.censored !== undefined) censoredCount++
    })
    const order = subject.observations
      .map((_, k) => k)
      .sort((i, j) => subject.observations[i]!.time - subject.observations[j]!.time || i - j)
    return { subject, parameters, end, order }
  })
  if (observationCount === 0) throw new RangeError('there is no observation to fit to')

  const moving = [...problem.estimated.map(({ name }, place) => ({ name, place, factor: 1 })), ...ties]
  const modelPlaces = moving.flatMap(({ name, place, factor }) => {
    const index = parameterIndex.get(name)
    return index === undefined ? [] : [{ index, place, factor }]
  })
  const ownTransforms = problem.estimated.map(transformOf)
  return {
    problem,
    transforms: ownTransforms,
    modelParameters: modelPlaces.map(({ index }) => index),
    places: modelPlaces.map(({ place }) => place),
    factors: modelPlaces.map(({ factor }) => factor),
    ties,
    priors: problem.estimated.flatMap(({ prior }, place) => {
      if (prior === undefined || prior.sd === Infinity) return []
      return [{ place, mean: ownTransforms[place]!.toCoordinate(prior.mean), sd: prior.sd }]
    }),
    endpoints,
    subjects,
    quantityCount: known.length,
    observationCount,
    censoredCount,
    leastSquares: problem.endpoints.every(
      ({ error, distribution, blq = 'M3' }) => error.kind === 'given' && distribution?.kind !== 't' && blq === 'M3',
    ),
  }
}

/** The residual parameters that an endpoint names. */
export function argumentsOf({ error, distribution }: Endpoint): readonly string[] {
  return [
    ...('a' in error ? [error.a] : []),
    ...('b' in error ? [error.b] : []),
    ...('c' in error && typeof error.c === 'string' ? [error.c] : []),
    ...(distribution?.kind === 't' && typeof distribution.df === 'string' ? [distribution.df] : []),
  ]
}

function checkEstimated({ name, start, lower, upper, scale, prior }: EstimatedParameter): void {
  if (!(lower < upper))
    throw new RangeError(`parameter ${name}: its bounds are ${lower} to ${upper}; the lower must be below the upper`)
  if (!(start >= lower && start <= upper && Number.isFinite(start)))
    throw new RangeError(`parameter ${name} starts at ${start}, which is outside its bounds ${lower} to ${upper}`)
  if (scale === 'log' && !(lower >= 0 && start > 0))
    throw new RangeError(
      `parameter ${name} is estimated on the log scale: its start must be above 0 and its lower bound not below 0, got ${start} and ${lower}`,
    )
  const isBetween = scale === 'logit' || scale === 'probit'
  if (isBetween && !(Number.isFinite(lower) && Number.isFinite(upper) && start > lower && start < upper))
    throw new RangeError(
      `parameter ${name} is estimated on the ${scale} scale: it must start strictly between finite bounds, got ${start} between ${lower} and ${upper}`,
    )
  if (prior === undefined) return
  const { mean, sd } = prior
  if (!(sd > 0)) throw new RangeError(`parameter ${name}: the sd of its prior must be above 0, got ${sd}`)
  const allowed = isBetween ? mean > lower && mean < upper : scale === 'log' ? mean > 0 : true
  if (!(allowed && Number.isFinite(mean)))
    throw new RangeError(
      `parameter ${name}: the mean of its prior must be a value on its ${scale} scale${isBetween ? `, between ${lower} and ${upper}` : scale === 'log' ? ', above 0' : ''}, got ${mean}`,
    )
}

function checkObservation(problem: FitProblem, subject: FitSubject, observation: FitObservation, k: number): void {
  const { time, value, sd, record, upper } = observation
  const endpoint = problem.endpoints[observation.endpoint]
  const where = `subject ${subject.id}, observation ${k + 1}`
  if (endpoint === undefined)
    throw new RangeError(
      `${where}: endpoint ${observation.endpoint} does not exist; there are ${problem.endpoints.length}`,
    )
  const what = `${where} (${endpoint.quantity} at time ${time})`
  if (!(time >= subject.start && Number.isFinite(time)))
    throw new RangeError(`${what}: the time must be a number not before the subject's start ${subject.start}`)
  if (record !== undefined && subject.records[record]?.time !== time)
    throw new RangeError(`${what}: it is said to be record ${record}, which is none of that time`)
  if (!Number.isFinite(value)) throw new RangeError(`${what}: the value must be a finite number, got ${value}`)
  checkLimits(endpoint, observation, what)
  if (endpoint.scale === 'log' && !(value > 0))
    throw new RangeError(
      `${what}: ${value} has no logarithm; give a value below the limit of quantification as that limit with censored: 'left', or fit on the linear scale`,
    )
  if (typeof endpoint.scale === 'object') {
    const { low, high } = scaleFunctions(endpoint.scale)
    if (!(value > low && value < high && (upper === undefined || upper <= high)))
      throw new RangeError(
        `${what}: ${upper === undefined ? value : `${value} to ${upper}`} is not between ${low} and ${high}, the bounds of its residual scale`,
      )
  }
  if (endpoint.error.kind === 'given') {
    if (!(sd !== undefined && sd > 0 && Number.isFinite(sd)))
      throw new RangeError(`${what}: the error of its endpoint is 'given', so sd must be a positive number, got ${sd}`)
  } else if (sd !== undefined)
    throw new RangeError(`${what}: sd is ${sd}, but its endpoint has a ${endpoint.error.kind} error; leave one out`)
}

function checkScale({ quantity, scale }: Endpoint): void {
  if (typeof scale !== 'object') return
  if (scale.kind === 'yeoJohnson') {
    if (!(scale.lambda >= 0 && scale.lambda <= 2))
      throw new RangeError(
        `endpoint ${quantity}: λ of a Yeo-Johnson scale is from 0 to 2, beyond which the scale has an end; got ${scale.lambda}`,
      )
  } else if (!(scale.low < scale.high && Number.isFinite(scale.high - scale.low)))
    throw new RangeError(
      `endpoint ${quantity}: the bounds of a ${scale.kind} scale are two numbers, the lower first; got ${scale.low} and ${scale.high}`,
    )
}

function checkLimits({ blq, scale }: Endpoint, { value, censored, upper, lloq }: FitObservation, what: string): void {
  if (censored === 'interval') {
    if (!(upper !== undefined && upper > value && upper < Infinity))
      throw new RangeError(`${what}: it lies in an interval from ${value}, whose upper end must be above, got ${upper}`)
  } else if (upper !== undefined)
    throw new RangeError(`${what}: upper is ${upper}, but it is not censored as 'interval'; leave one out`)
  if (blq === 'M2') {
    if (censored === 'left')
      throw new RangeError(`${what}: M2 leaves out values below their limit; leave it out, or choose M3 or M4`)
    if (!(lloq !== undefined && Number.isFinite(lloq)))
      throw new RangeError(`${what}: M2 needs the limit of quantification of every value (lloq), got ${lloq}`)
    if (scale === 'log' && !(lloq > 0))
      throw new RangeError(`${what}: its limit of quantification ${lloq} has no logarithm`)
    if (!(value >= lloq))
      throw new RangeError(`${what}: ${value} is below its limit of quantification ${lloq}; M2 leaves such values out`)
  }
  if (blq === 'M4' && !(censored === 'right' || censored === 'interval' ? value >= 0 : value > 0))
    throw new RangeError(`${what}: M4 takes true values for positive, but the value is ${value}; choose M3`)
}
