import type { ErrorArgument, ErrorModel, Model } from '@cartkin/model'
import { gammaPInverse, pow, randomStream } from '@cartkin/numerics'
import { type Quantity, quantities } from '../course/quantities.ts'
import { binomialDeviate, poissonDeviate } from './count-deviates.ts'
import { scaleOf } from './error-transform.ts'

/** Names the random numbers of residual errors among those of a study. */
const STREAM = 'observations'

/** What an endpoint's simulated observations are called, after its name. */
const suffix = '.sim'

/** Whose observations are drawn. */
export interface ObservationKey {
  readonly seed: number
  /** Index of the subject, from 0. */
  readonly subject: number
}

/**
 * The simulated observations that a model's residual errors give, as quantities: `CAR.sim` for `CAR ~ prop(sd)`. Throws a
 * RangeError where a name is taken, or one endpoint has two errors.
 */
export function observationQuantities(model: Model): readonly Quantity[] {
  const known = quantities(model)
  const names = new Set(known.map(({ name }) => name))
  return model.errorModels.map(({ endpoint, name: observed }) => {
    const name = endpoint + suffix
    if (names.has(name))
      throw new RangeError(
        `the simulated observations of ${endpoint} are called ${name}, a name that the model has already`,
      )
    names.add(name)
    const { unit = '', label = '' } = known.find((quantity) => quantity.name === observed) ?? {}
    return { name, unit, label: label === '' ? '' : `${label}, simulated observation` }
  })
}

/** The states and outputs (places in `quantities`) that the observations of endpoint `index` are drawn from. */
export function observationSources(model: Model, index: number): readonly number[] {
  const error = model.errorModels[index]
  if (error === undefined) return []
  const names = [
    ...(error.kind === 'continuous' ? [error.name] : []),
    ...argumentsOf(error).flatMap((argument) => (argument.kind === 'output' ? [argument.name] : [])),
  ]
  const known = quantities(model).map(({ name }) => name)
  return [...new Set(names)].map((name) => known.indexOf(name))
}

/**
 * Draws an observation of endpoint `index` (of `model.errorModels`) for every row: a pure function of the key, the row's
 * number and the prediction there, whoever else is drawn and wherever.
 *
 * @param parameters the subject's own values
 * @param columns of states and outputs, by their places in `quantities`; those of `observationSources` are needed
 * @param out where row r goes to `out[r]`; NaN where the prediction is none, or has no place on the scale of the error
 */
export function simulateObservations(
  model: Model,
  index: number,
  parameters: Float64Array,
  columns: ReadonlyMap<number, Float64Array>,
  key: ObservationKey,
  out: Float64Array,
): void {
  const error = model.errorModels[index]
  if (error === undefined)
    throw new RangeError(`there is no residual error ${index}; the model has ${model.errorModels.length}`)
  const known = quantities(model).map(({ name }) => name)
  const columnOf = (name: string): Float64Array => columns.get(known.indexOf(name)) ?? new Float64Array()
  const numberOf = (argument: ErrorArgument): ((row: number) => number) => {
    switch (argument.kind) {
      case 'number':
        return () => argument.value
      case 'parameter': {
        const value = parameters[model.parameters.findIndex(({ name }) => name === argument.name)] ?? Number.NaN
        return () => value
      }
      case 'output': {
        const column = columnOf(argument.name)
        return (row) => column[row] ?? Number.NaN
      }
    }
  }
  const stream = randomStream({
    seed: key.seed,
    study: `${STREAM} of ${error.endpoint}`,
    subject: key.subject,
    occasion: 0,
  })
  const draw = drawer(error, numberOf, columnOf)
  for (let row = 0; row < out.length; row++)
    out[row] = draw(
      row,
      () => stream.normal(2 * row),
      () => stream.uniform(2 * row + 1),
    )
}

type Draw = (row: number, normal: () => number, uniform: () => number) => number

function drawer(
  error: ErrorModel,
  numberOf: (argument: ErrorArgument) => (row: number) => number,
  columnOf: (name: string) => Float64Array,
): Draw {
  if (error.kind === 'poisson') {
    const mean = numberOf(error.mean)
    return (row, _, uniform) => poissonDeviate(mean(row), uniform())
  }
  if (error.kind === 'binomial') {
    const trials = numberOf(error.trials)
    const probability = numberOf(error.probability)
    return (row, _, uniform) => binomialDeviate(trials(row), probability(row), uniform())
  }
  const nothing = () => 0
  const { transform, additive, proportional, combination, distribution } = error
  const predicted = columnOf(error.name)
  const a = additive === undefined ? nothing : numberOf(additive)
  const b = proportional === undefined ? nothing : numberOf(proportional.coefficient)
  const exponent = proportional === undefined ? nothing : numberOf(proportional.exponent)
  const lambda = 'lambda' in transform ? numberOf(transform.lambda) : nothing
  const freedom = distribution.kind === 't' ? numberOf(distribution.degreesOfFreedom) : undefined
  return (row, normal, uniform) => {
    const prediction = predicted[row] ?? Number.NaN
    const fixed = a(row)
    const growing = proportional === undefined ? 0 : b(row) * powerOf(Math.abs(prediction), exponent(row))
    const sd = combination === 'variance' ? Math.sqrt(fixed * fixed + growing * growing) : fixed + growing
    const deviate = freedom === undefined ? normal() : studentDeviate(normal(), uniform(), freedom(row))
    const scale = scaleOf(transform, lambda(row))
    return scale.from(scale.to(prediction) + sd * deviate)
  }
}

function powerOf(value: number, exponent: number): number {
  return exponent === 1 ? value : pow(value, exponent)
}

/** Student's t from a normal deviate and the quantile of chi squared at a uniform one. */
function studentDeviate(normal: number, uniform: number, freedom: number): number {
  if (!(freedom > 0)) return Number.NaN
  return normal * Math.sqrt(freedom / (2 * gammaPInverse(freedom / 2, uniform)))
}

function argumentsOf(error: ErrorModel): readonly ErrorArgument[] {
  if (error.kind === 'poisson') return [error.mean]
  if (error.kind === 'binomial') return [error.trials, error.probability]
  const { additive, proportional, transform, distribution } = error
  return [
    ...(additive === undefined ? [] : [additive]),
    ...(proportional === undefined ? [] : [proportional.coefficient, proportional.exponent]),
    ...('lambda' in transform ? [transform.lambda] : []),
    ...(distribution.kind === 't' ? [distribution.degreesOfFreedom] : []),
  ]
}
