import { type SolverSettings, solverMethods } from '@cartkin/compute'
import { type Model, nearestName } from '@cartkin/model'
import type { EventData } from '@cartkin/tables'
import { toCount, toFraction, toNamedNumber, toOneOf, toTolerance } from './convert.ts'
import { BadInput, Misuse } from './failure.ts'
import { type OptionValues, optional, repeated } from './option.ts'

/** Options of every command that solves. */
export const solverOptionTable = {
  rtol: optional('NUMBER', 'Relative tolerance (1e-6)', toFraction),
  atol: repeated('NUMBER|STATE=NUMBER', 'Absolute tolerance for all states (1e-9) or for one', toTolerance),
  method: optional('NAME', `One of ${solverMethods.join(', ')} (auto)`, toOneOf(...solverMethods)),
  'max-steps': optional('N', 'Most steps of one run (100000)', toCount(1)),
}

export const workersOption = optional('N', 'Worker threads (one per processor)', toCount(1, 256))

export const parameterOptionTable = {
  param: repeated('NAME=NUMBER', 'Value of a parameter', toNamedNumber),
}

/** Solver settings as given; throws BadInput for a state that the model lacks. */
export function solverSettings(
  { rtol, atol, method, 'max-steps': maxSteps }: OptionValues<typeof solverOptionTable>,
  model: Model,
): SolverSettings {
  const states = model.states.map(({ name }) => name)
  const own = atol.flatMap(({ state, value }) => (state === null ? [] : [[state, value] as const]))
  for (const [state] of own) checkKnown(state, states, '--atol', 'a state of the model')
  const common = atol.findLast(({ state }) => state === null)
  return {
    ...(rtol === undefined ? {} : { rtol }),
    ...(common === undefined ? {} : { atol: common.value }),
    ...(own.length === 0 ? {} : { atolByState: Object.fromEntries(own) }),
    ...(method === undefined ? {} : { method }),
    ...(maxSteps === undefined ? {} : { maxSteps }),
  }
}

/** Parameter values as given; throws BadInput for a name that the model lacks. */
export function parameterValues(
  given: readonly (readonly [string, number])[],
  model: Model,
  option = '--param',
): Readonly<Record<string, number>> {
  const names = model.parameters.map(({ name }) => name)
  const seen = new Set<string>()
  for (const [name] of given) {
    checkKnown(name, names, option, 'a parameter of the model')
    if (seen.has(name)) throw new Misuse(`${option} gives ${name} twice`)
    seen.add(name)
  }
  return Object.fromEntries(given)
}

/** Refuses a value for what every subject of the data brings its own of, which would go unused. */
export function checkSuppliedOnce(
  parameters: Readonly<Record<string, number>>,
  { subjects, covariates }: EventData,
): void {
  const own = covariates.filter((name) => subjects.every(({ parameters: values }) => Object.hasOwn(values, name)))
  const twice = own.find((name) => Object.hasOwn(parameters, name))
  if (twice !== undefined)
    throw new Misuse(`--param gives ${twice}, and so does the data for every subject; leave out the one or the other`)
}

export function checkKnown(name: string, known: readonly string[], option: string, what: string): void {
  if (known.includes(name)) return
  const nearest = nearestName(name, known)
  const remedy = nearest === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${nearest}?`
  throw new BadInput(`${option} ${name}: ${name} is not ${what}; ${remedy}`)
}
