import { didYouMean } from '../problem/did-you-mean.ts'
import type { EstimatedParameter, FitProblem } from '../problem/fit-problem.ts'
import { argumentsOf } from '../problem/resolve-problem.ts'
import type { ProblemCommand } from './steering-command.ts'

/** A parameter that is estimated or was, as it now stands: `start` is its value. */
export interface SteeredParameter extends EstimatedParameter {
  /** Where it is held: the iteration since. */
  readonly fixedSince: number | null
}

export type Steered =
  | {
      readonly status: 'changed'
      readonly parameters: readonly SteeredParameter[]
      /** With the values that were not said. */
      readonly command: ProblemCommand
      readonly message: string
    }
  | { readonly status: 'refused'; readonly message: string }

/** How far inside a logit or probit range a value is put that its new bounds exclude, as a share of the range. */
const inside = 0.01

/** The parameters of a problem after a command; what is wrong with the command is an answer. */
export function steered(
  problem: FitProblem,
  parameters: readonly SteeredParameter[],
  command: ProblemCommand,
  iteration: number,
): Steered {
  const { parameter: name } = command
  const found = parameters.find((one) => one.name === name)
  if (found === undefined)
    return command.command === 'free' ? freedAnew(problem, parameters, command) : unknown(problem, parameters, name)
  const changed = (now: SteeredParameter, said: ProblemCommand, message: string): Steered => ({
    status: 'changed',
    parameters: parameters.map((one) => (one === found ? now : one)),
    command: said,
    message,
  })
  const { start, lower, upper, scale, fixedSince } = found
  const range = `its bounds ${lower} to ${upper}`
  switch (command.command) {
    case 'fix': {
      const { value } = command
      if (fixedSince !== null && value === undefined) return refused(`${name} is held already, at ${start}`)
      if (fixedSince === null && parameters.filter((one) => one.fixedSince === null).length === 1)
        return refused(`${name} is the last parameter that is estimated; stop the fit, or free another one first`)
      const held = value ?? start
      if (!(held >= lower && held <= upper && Number.isFinite(held)))
        return refused(`${name} cannot be held at ${held}, which is outside ${range}; move its bounds first`)
      return changed(
        { ...found, start: held, fixedSince: iteration },
        { ...command, value: held },
        `${name} is held at ${held}${held === start ? ', its best value' : ''}, and counts as known`,
      )
    }
    case 'free': {
      if (fixedSince === null) return refused(`${name} is estimated already`)
      const bounds = { lower: command.lower ?? lower, upper: command.upper ?? upper }
      const value = command.value ?? start
      if (!(value >= bounds.lower && value <= bounds.upper))
        return refused(
          `${name} cannot begin at ${value}, which is outside its bounds ${bounds.lower} to ${bounds.upper}`,
        )
      return changed(
        { ...found, ...bounds, scale: command.scale ?? scale, start: value, fixedSince: null },
        { ...command, value },
        `${name} is estimated, from ${value} on`,
      )
    }
    case 'bound': {
      const bounds = { lower: command.lower ?? lower, upper: command.upper ?? upper }
      if (!(bounds.lower < bounds.upper))
        return refused(
          `${name} cannot lie between ${bounds.lower} and ${bounds.upper}: the lower must be below the upper`,
        )
      const isBetween = scale === 'logit' || scale === 'probit'
      if (isBetween && found.prior !== undefined)
        return refused(`${name} has a prior on its ${scale} scale, which is made of its bounds; they cannot be moved`)
      const margin = isBetween ? inside * (bounds.upper - bounds.lower) : 0
      const isWithin = isBetween
        ? start > bounds.lower && start < bounds.upper
        : start >= bounds.lower && start <= bounds.upper
      const said = `${name} lies between ${bounds.lower} and ${bounds.upper}`
      if (isWithin) return changed({ ...found, ...bounds }, command, said)
      if (fixedSince !== null)
        return refused(
          `${name} is held at ${start}, outside ${bounds.lower} to ${bounds.upper}; fix it elsewhere first`,
        )
      const moved = Math.min(bounds.upper - margin, Math.max(bounds.lower + margin, start))
      return changed(
        { ...found, ...bounds, start: moved },
        command,
        `${said}; its best value ${start} is outside and was moved to ${moved}`,
      )
    }
    case 'value': {
      const { value } = command
      if (fixedSince !== null) return refused(`${name} is held at ${start}; fix it at another value, or free it`)
      if (!(value >= lower && value <= upper && Number.isFinite(value)))
        return refused(`${name} cannot go on from ${value}, which is outside ${range}`)
      return changed({ ...found, start: value }, command, `${name} goes on from ${value} in place of ${start}`)
    }
  }
}

const refused = (message: string): Steered => ({ status: 'refused', message })

/** A parameter of the model or of an error that was not estimated so far. */
function freedAnew(
  problem: FitProblem,
  parameters: readonly SteeredParameter[],
  command: Extract<ProblemCommand, { readonly command: 'free' }>,
): Steered {
  const { parameter: name } = command
  const index = problem.model.model.parameters.findIndex((one) => one.name === name)
  const known = Object.hasOwn(problem.errorParameters, name) ? problem.errorParameters[name] : problem.parameters[index]
  if (known === undefined || Object.hasOwn(problem.ties ?? {}, name)) return unknown(problem, parameters, name)
  const value = command.value ?? known
  const isError = problem.endpoints.flatMap(argumentsOf).includes(name)
  const { scale = value > 0 && (command.lower ?? 0) >= 0 ? 'log' : 'linear' } = command
  const { lower = scale === 'log' || isError ? 0 : -Infinity, upper = Infinity } = command
  const added: SteeredParameter = { name, start: value, lower, upper, scale, fixedSince: null }
  return {
    status: 'changed',
    parameters: [...parameters, added],
    command: { command: 'free', parameter: name, value, lower, upper, scale },
    message: `${name} is estimated, too, from ${value} on (${scale} scale, ${lower} to ${upper})`,
  }
}

function unknown(problem: FitProblem, parameters: readonly SteeredParameter[], name: string): Steered {
  const tie = Object.hasOwn(problem.ties ?? {}, name) ? problem.ties?.[name] : undefined
  if (tie !== undefined) return refused(`${name} is tied to ${tie.parameter}; steer ${tie.parameter}`)
  const names = parameters.map((one) => one.name)
  const isParameter = problem.model.model.parameters.some((one) => one.name === name)
  if (isParameter || Object.hasOwn(problem.errorParameters, name))
    return refused(`${name} is not estimated; free it first, or steer ${names.join(', ')}`)
  return refused(`there is no parameter ${name}${didYouMean(name, names) || `; estimated are ${names.join(', ')}`}`)
}
