import { type Model, nearestName } from '@cartkin/model'
import { quantities } from '../course/quantities.ts'
import type { SubjectRun } from '../course/subject-run.ts'
import { parameterExpression } from '../regimens/parameter-expression.ts'
import type { EndpointDefinition } from '../results/endpoint.ts'
import { endpoints } from '../results/endpoints.ts'
import type { ExtinctionOutcome } from '../stochastic/extinction-rule.ts'
import type { DroppedDraws, PlausibilityFilter } from './plausibility-filter.ts'

/** Most draws for one patient before the filters are refused: they would keep less than one in so many. */
const MOST_DRAWS = 1000

type CourseFilter = Extract<PlausibilityFilter, { readonly quantity: string }>

/**
 * The filters of a population, ready to judge the draws of a model. Each draw is dropped by the first filter that it fails;
 * those of parameters come first.
 */
export class Plausibility {
  readonly #model: Model
  readonly #filters: readonly PlausibilityFilter[]
  /** Endpoints that filters look at, with those that these count from. */
  readonly #endpoints: readonly EndpointDefinition[]

  /**
   * @param definitions endpoints that filters may name.
   *
   * Throws a RangeError that names the filter for what there is not, for equal names, and where a bound is lacking.
   */
  constructor(model: Model, filters: readonly PlausibilityFilter[], definitions: readonly EndpointDefinition[] = []) {
    const parameters = model.parameters.map(({ name }) => name)
    const readable = quantities(model).map(({ name }) => name)
    for (const filter of filters) {
      const { name, atLeast, atMost } = filter
      if (filters.some((other) => other !== filter && other.name === name))
        throw new RangeError(`two plausibility filters have the name ${name}`)
      if (atLeast === undefined && atMost === undefined)
        throw new RangeError(`the plausibility filter ${name} needs atLeast or atMost`)
      if ('parameter' in filter) known(filter.parameter, parameters, name, 'parameter of the model')
      else if ('endpoint' in filter)
        known(
          filter.endpoint,
          definitions.map((definition) => definition.name),
          name,
          'endpoint',
        )
      else {
        known(filter.quantity, readable, name, 'state or output of the model')
        if (filter.at !== undefined && (filter.from !== undefined || filter.to !== undefined))
          throw new RangeError(`the plausibility filter ${name} is at one time, or from a time to another`)
      }
    }
    this.#model = model
    this.#filters = filters
    this.#endpoints = filters.some((filter) => 'endpoint' in filter) ? definitions : []
  }

  get size(): number {
    return this.#filters.length
  }

  /** Index of the first filter of parameters that these values fail; -1 for none. */
  failedBefore(parameters: Float64Array): number {
    return this.#filters.findIndex((filter) => {
      if (!('parameter' in filter)) return false
      const k = this.#model.parameters.findIndex(({ name }) => name === filter.parameter)
      const value = parameters[k]!
      return !this.#isWithin(filter, parameters, value, value)
    })
  }

  /** Index of the first filter of courses that a run fails; -1 for none. Throws a RangeError for a time outside of the run. */
  failedAfter(run: SubjectRun, parameters: Float64Array, extinction?: ExtinctionOutcome): number {
    if (this.#filters.length === 0) return -1
    const found = new Map(
      endpoints(this.#model, run, this.#endpoints, extinction).map(({ name, value }) => [name, value]),
    )
    return this.#filters.findIndex((filter) => {
      if ('parameter' in filter) return false
      if ('endpoint' in filter) {
        const value = found.get(filter.endpoint) ?? Number.NaN
        return !this.#isWithin(filter, parameters, value, value)
      }
      const [lowest, highest] = endpoints(this.#model, run, extremes(filter))
      for (const { value, note } of [lowest!, highest!])
        if (Number.isNaN(value) && note !== '') throw new RangeError(`the plausibility filter ${filter.name}: ${note}`)
      return !this.#isWithin(filter, parameters, lowest!.value, highest!.value)
    })
  }

  /** Throws a RangeError where a patient was drawn so often that the filters cannot be meant. */
  checkDraws(dropped: ArrayLike<number>): void {
    const draws = Array.from(dropped).reduce((sum, count) => sum + count, 0)
    if (draws < MOST_DRAWS) return
    const by = this.#filters.map(({ name }, k) => `${name} dropped ${dropped[k]}`).join(', ')
    throw new RangeError(`none of ${MOST_DRAWS} draws of a patient is plausible: ${by}`)
  }

  #isWithin({ name, atLeast, atMost }: PlausibilityFilter, parameters: Float64Array, lowest: number, highest: number) {
    const bound = (value: number | string) =>
      parameterExpression(this.#model, parameters, value, `the plausibility filter ${name}: the bound`)
    return (atLeast === undefined || lowest >= bound(atLeast)) && (atMost === undefined || highest <= bound(atMost))
  }
}

/** Draws dropped by each filter from the counts of patients, patient-major. */
export function droppedDraws(
  filters: readonly PlausibilityFilter[],
  counts: ArrayLike<number>,
): readonly DroppedDraws[] {
  return filters.map((filter, k) => {
    let count = 0
    for (let i = k; i < counts.length; i += filters.length) count += counts[i]!
    return { filter, count }
  })
}

/** What a filter keeps, in words: `SLEDAI at -10 at least 8`. */
export function filterText(filter: PlausibilityFilter): string {
  const { atLeast, atMost } = filter
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ].join(' and ')
  if ('parameter' in filter) return `${filter.parameter} ${bounds}`
  if ('endpoint' in filter) return `${filter.endpoint} ${bounds}`
  const { quantity, at, from, to } = filter
  const times = [
    ...(at === undefined ? [] : [`at ${at}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`to ${to}`]),
  ]
  return [quantity, ...times, bounds].join(' ')
}

/** The lowest and the highest value that a filter looks at. */
function extremes({ name, quantity, at, from, to }: CourseFilter): readonly EndpointDefinition[] {
  const common = { label: '', unit: '', quantity }
  if (at !== undefined)
    return [
      { ...common, name: `${name}, lowest`, kind: 'value', at },
      { ...common, name: `${name}, highest`, kind: 'value', at },
    ]
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return [
    { ...common, ...range, name: `${name}, lowest`, kind: 'minimum' },
    { ...common, ...range, name: `${name}, highest`, kind: 'maximum' },
  ]
}

function known(wanted: string, names: readonly string[], filter: string, what: string): void {
  if (names.includes(wanted)) return
  const nearest = nearestName(wanted, names)
  const others = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`
  const remedy = nearest === undefined ? others : `did you mean ${nearest}?`
  throw new RangeError(`the plausibility filter ${filter}: there is no ${what} ${wanted}; ${remedy}`)
}
