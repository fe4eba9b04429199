import type { CompiledModel } from '@cartkin/model'
import {
  type CovariateInTime,
  type EventRecord,
  quantities as quantitiesOf,
  type SolverOptions,
  type StartState,
  simulateSubject,
} from '@cartkin/simulation'

export interface LocalProblem {
  readonly model: CompiledModel
  /** Values of all parameters, in `model.parameters` order. */
  readonly parameters: Float64Array
  /** Doses at these values; they stay as they are when a parameter moves. */
  readonly records: readonly EventRecord[]
  readonly covariates?: readonly CovariateInTime[]
  readonly start: number
  readonly startState?: StartState
  /** Times at which sensitivities are read, ascending. */
  readonly times: Float64Array
  /** Parameters and quantities, by name. */
  readonly varied: readonly string[]
  readonly quantities: readonly string[]
  readonly solver?: SolverOptions
}

/** One parameter's effect on one quantity over time. */
export interface LocalCourse {
  readonly parameter: string
  readonly quantity: string
  /** ∂y/∂p, by the time. */
  readonly derivative: Float64Array
  /** (p/y)·∂y/∂p: per cent of y for one per cent of p; NaN where y is 0. */
  readonly normalized: Float64Array
}

export type LocalResult =
  | { readonly status: 'finished'; readonly courses: readonly LocalCourse[] }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly reason: string }

/**
 * Exact forward sensitivities over time, with those of dose, lag and switch times. Throws a RangeError for a name that the model
 * does not have.
 */
export function localSensitivity(problem: LocalProblem): LocalResult {
  const { model, parameters, records, covariates, start, startState, times, varied, quantities, solver } = problem
  const known = quantitiesOf(model.model).map(({ name }) => name)
  const place = (name: string, names: readonly string[], what: string): number => {
    const k = names.indexOf(name)
    if (k < 0) throw new RangeError(`the model has no ${what} ${name}; it has ${names.join(', ')}`)
    return k
  }
  const columns = quantities.map((name) => place(name, known, 'state or output'))
  const parameterNames = model.model.parameters.map(({ name }) => name)
  const sensitivities = varied.map((name) => place(name, parameterNames, 'parameter'))
  const end = times.at(-1)
  if (end === undefined) throw new RangeError('local sensitivities need at least one time, got none')
  const run = simulateSubject({
    model,
    parameters,
    records,
    start,
    end,
    sensitivities,
    ...(covariates !== undefined && { covariates }),
    ...(startState !== undefined && { startState }),
    ...(solver !== undefined && { options: solver }),
  })
  const { outcome } = run
  if (outcome.status === 'stopped') return { status: 'stopped' }
  if (outcome.status !== 'finished')
    return { status: 'failed', reason: outcome.status === 'failed' ? outcome.message : `the run ended at ${outcome.t}` }
  const courses = sensitivities.flatMap((_, j) =>
    columns.map((__, q) => ({
      parameter: varied[j]!,
      quantity: quantities[q]!,
      derivative: new Float64Array(times.length),
      normalized: new Float64Array(times.length),
    })),
  )
  const values = new Float64Array(known.length)
  const tangents = new Float64Array(sensitivities.length * known.length)
  times.forEach((time, t) => {
    run.read(time, values)
    run.readSensitivities(time, tangents)
    sensitivities.forEach((index, j) => {
      columns.forEach((column, q) => {
        const course = courses[j * columns.length + q]!
        const derivative = tangents[j * known.length + column]!
        const y = values[column]!
        course.derivative[t] = derivative
        course.normalized[t] = y === 0 ? Number.NaN : (parameters[index]! * derivative) / y
      })
    })
  })
  return { status: 'finished', courses }
}
