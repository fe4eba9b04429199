import type { Model } from '@cartkin/model'
import type { SubjectRun } from '../course/subject-run.ts'
import { type ExtinctionEndpoint, extinctionEndpoint, isOfExtinction } from '../stochastic/extinction-endpoint.ts'
import type { ExtinctionOutcome } from '../stochastic/extinction-rule.ts'
import { CourseSamples } from './course-samples.ts'
import type { EndpointDefinition, EndpointValue } from './endpoint.ts'
import { type Found, undefinedBecause } from './found.ts'

/**
 * Evaluates endpoints on one run, in the order given: extremes and crossings are located on the continuous solution.
 * Values just before and just after a dose both count. Throws a RangeError for a quantity or endpoint that does not exist.
 *
 * @param extinction what came of the extinction rule of the course, where it has one.
 */
export function endpoints(
  model: Model,
  run: SubjectRun,
  definitions: readonly EndpointDefinition[],
  extinction?: ExtinctionOutcome,
): readonly EndpointValue[] {
  const { states, outputs } = model
  const indexOf = (wanted: string): number => {
    const state = states.findIndex(({ name }) => name === wanted)
    if (state >= 0) return state
    const output = outputs.findIndex(({ name }) => name === wanted)
    return output < 0 ? -1 : states.length + output
  }
  const sampled = definitions.flatMap((definition) => {
    const { kind, quantity } = definition
    const q = indexOf(quantity)
    return q < 0 || kind === 'value' || kind === 'auc' || isOfExtinction(definition) ? [] : [q]
  })
  const samples = new CourseSamples(run, sampled)
  const known = new Map<string, EndpointValue>()
  return definitions.map((definition) => {
    const q = indexOf(definition.quantity)
    if (q < 0)
      throw new RangeError(`endpoint ${definition.name}: the model has no state or output ${definition.quantity}`)
    const found = isOfExtinction(definition)
      ? extinctionEndpoint(definition.kind, extinction)
      : evaluate(definition, q, samples, known)
    const value = { name: definition.name, ...found }
    known.set(definition.name, value)
    return value
  })
}

function evaluate(
  definition: Exclude<EndpointDefinition, { readonly kind: ExtinctionEndpoint }>,
  q: number,
  samples: CourseSamples,
  known: ReadonlyMap<string, EndpointValue>,
): Found {
  const { quantity } = definition
  let from = definition.from ?? samples.start
  const to = definition.to ?? samples.end
  if (definition.after !== undefined) {
    const earlier = known.get(definition.after)
    if (earlier === undefined)
      throw new RangeError(
        `endpoint ${definition.name} follows ${definition.after}, which is not among those before it`,
      )
    if (Number.isNaN(earlier.value)) return undefinedBecause(`${definition.after} is not defined: ${earlier.note}`)
    from = Math.max(from, earlier.value)
  }
  if (!(from >= samples.start)) return undefinedBecause(`the run starts at ${samples.start}, after ${from}`)
  if (definition.kind === 'value') {
    const { at } = definition
    if (!(at >= samples.start && at <= samples.end)) return undefinedBecause(`the run does not reach ${at}`)
    return { value: samples.at(q, at), note: '' }
  }
  if (definition.to !== undefined && !(to <= samples.end))
    return undefinedBecause(`the run ends at ${samples.end}, before ${to}`)
  if (!(from <= to)) return undefinedBecause(`nothing lies between ${from} and ${to}`)
  switch (definition.kind) {
    case 'maximum':
      return { value: samples.extreme(q, from, to, 1).value, note: '' }
    case 'timeOfMaximum':
      return { value: samples.extreme(q, from, to, 1).time, note: '' }
    case 'minimum':
      return { value: samples.extreme(q, from, to, -1).value, note: '' }
    case 'timeOfMinimum':
      return { value: samples.extreme(q, from, to, -1).time, note: '' }
    case 'auc':
      return { value: samples.integral(q, from, to), note: '' }
    case 'firstBelow':
    case 'firstAbove': {
      const sign = definition.kind === 'firstAbove' ? 1 : -1
      const time = samples.firstCrossing(q, from, to, definition.threshold, sign)
      const word = sign > 0 ? 'above' : 'below'
      return Number.isNaN(time)
        ? undefinedBecause(`${quantity} is never ${word} ${definition.threshold} between ${from} and ${to}`)
        : { value: time, note: '' }
    }
    case 'timeBelow':
    case 'timeAbove':
      return {
        value: samples.timeBeyond(q, from, to, definition.threshold, definition.kind === 'timeAbove' ? 1 : -1),
        note: '',
      }
    default:
      return assertNever(definition)
  }
}

function assertNever(definition: never): never {
  throw new RangeError(`unknown kind of endpoint: ${JSON.stringify(definition)}`)
}
