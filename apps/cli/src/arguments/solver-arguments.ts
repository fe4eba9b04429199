import { type SolverSettings, solverMethods } from '@cartkin/compute'
import { type Model, nearestName } from '@cartkin/model'
import { codedParameters, type MissingInput, textLevels } from '@cartkin/simulation'
import type { EventData } from '@cartkin/tables'
import { BadInput, Misuse } from '../failure.ts'
import { type Assignment, toAssignment, toCount, toFraction, toNumber, toOneOf, toTolerance } from './convert.ts'
import { type OptionValues, optional, repeated } from './option.ts'

/** Options of every command that solves. */
export const solverOptionTable = {
  rtol: optional('NUMBER', 'Relative tolerance (1e-6; of fits 1e-7)', toFraction),
  atol: repeated('NUMBER|STATE=NUMBER', 'Absolute tolerance for all states (1e-9) or for one', toTolerance),
  method: optional('NAME', `One of ${solverMethods.join(', ')} (auto)`, toOneOf(...solverMethods)),
  'max-steps': optional('N', 'Most steps of one run (100000)', toCount(1)),
  'record-rules': optional(
    'nonmem|rxode2',
    'Whose rules data follow where they differ, such as covariates that change with time (nonmem)',
    toOneOf('nonmem', 'rxode2'),
  ),
}

export const workersOption = optional('N', 'Worker threads (one per processor)', toCount(1, 256))

export const parameterOptionTable = {
  param: repeated(
    'NAME=VALUE',
    'Value of a parameter or input: a number, or a text that the model names',
    toAssignment,
  ),
}

/** Solver settings as given; throws BadInput for a state that the model lacks. */
export function solverSettings(
  { rtol, atol, method, 'max-steps': maxSteps, 'record-rules': recordRules }: OptionValues<typeof solverOptionTable>,
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
    ...(recordRules === undefined ? {} : { recordRules }),
  }
}

/** Parameter values of `--param` as given; throws BadInput for a name or text that the model lacks. */
export function parameterValues(given: readonly Assignment[], model: Model): Readonly<Record<string, number>> {
  const names = model.parameters.map(({ name }) => name)
  const levels = textLevels(model)
  const values = new Map<string, number | string>()
  for (const { name, text } of given) {
    checkKnown(name, names, '--param', 'a parameter of the model')
    if (values.has(name)) throw new Misuse(`--param gives ${name} twice`)
    values.set(name, levels.has(name) ? text : numberOf(name, text))
  }
  try {
    return codedParameters(model, Object.fromEntries(values))
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`--param: ${error.message}`)
    throw error
  }
}

function numberOf(name: string, text: string): number {
  try {
    return toNumber(text)
  } catch (error) {
    if (error instanceof RangeError) throw new Misuse(`--param ${name}=${text}: ${error.message}`)
    throw error
  }
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

/** How an input is given a value on the command line. */
export function remedyFor(hasData: boolean): (input: MissingInput) => string {
  return ({ name, levels: [level = '…'] }) =>
    `give --param ${name}=${level}${hasData ? ` or a column ${name} in the data` : ''}`
}

export function checkKnown(name: string, known: readonly string[], option: string, what: string): void {
  if (known.includes(name)) return
  const nearest = nearestName(name, known)
  const remedy = nearest === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${nearest}?`
  throw new BadInput(`${option} ${name}: ${name} is not ${what}; ${remedy}`)
}
