import type { EstimatedParameter } from '../problem/fit-problem.ts'

/** What changes the problem of a fit that is under way. Values and bounds are on the natural scale. */
export type ProblemCommand =
  /** Holds a parameter, at its best value where none is given: from then on it counts as known. */
  | { readonly command: 'fix'; readonly parameter: string; readonly value?: number }
  /**
   * Estimates a parameter that was held, from there or from a value. One that was never estimated needs no more than its
   * name either: it gets the log scale where its value is positive (bounds 0 and Infinity), else the linear one.
   */
  | {
      readonly command: 'free'
      readonly parameter: string
      readonly value?: number
      readonly lower?: number
      readonly upper?: number
      readonly scale?: EstimatedParameter['scale']
    }
  /** Moves bounds; one that is absent stays. A best value outside is moved onto the bound. */
  | { readonly command: 'bound'; readonly parameter: string; readonly lower?: number; readonly upper?: number }
  /** Goes on from another value. */
  | { readonly command: 'value'; readonly parameter: string; readonly value: number }

/** What decides the bits of a fit beside its problem. */
export type SteeringCommand =
  | ProblemCommand
  /** Ends the fit with its best point and the covariance there. */
  | { readonly command: 'stop' }

/** A command and the number of iterations that were done when it took effect; 0: before the first. */
export type SteeringEntry = SteeringCommand & { readonly iteration: number }

/** Commands in their order, by rising iteration. */
export type SteeringLog = readonly SteeringEntry[]

/** What may be sent to a running fit. A pause changes no bit, so it is not in the log. */
export type FitCommand =
  | SteeringCommand
  | { readonly command: 'pause' }
  /** Goes on; with `iterations`, it pauses again after as many. */
  | { readonly command: 'resume'; readonly iterations?: number }

/** A command in words: `fix ka at 1.5`. */
export function commandText(command: FitCommand): string {
  switch (command.command) {
    case 'fix':
      return `fix ${command.parameter}${command.value === undefined ? '' : ` at ${command.value}`}`
    case 'free':
      return `free ${command.parameter}${command.value === undefined ? '' : ` from ${command.value}`}${rangeText(command)}`
    case 'bound':
      return `bound ${command.parameter}${rangeText(command)}`
    case 'value':
      return `value ${command.parameter} ${command.value}`
    case 'resume':
      return command.iterations === undefined ? 'resume' : `resume for ${command.iterations}`
    default:
      return command.command
  }
}

function rangeText({ lower, upper }: { readonly lower?: number; readonly upper?: number }): string {
  return `${lower === undefined ? '' : `, lower ${lower}`}${upper === undefined ? '' : `, upper ${upper}`}`
}

/** Throws a RangeError for a log out of order, with commands after a stop or at iterations that cannot be. */
export function checkLog(log: SteeringLog): void {
  let last = 0
  log.forEach((entry, k) => {
    const { iteration } = entry
    const where = `entry ${k + 1} of the steering log (${commandText(entry)})`
    if (!(Number.isInteger(iteration) && iteration >= 0))
      throw new RangeError(`${where}: its iteration must be a whole number from 0, got ${iteration}`)
    if (iteration < last) throw new RangeError(`${where}: its iteration ${iteration} comes after ${last}; sort the log`)
    if (log[k - 1]?.command === 'stop') throw new RangeError(`${where}: it stands after a stop; leave it out`)
    last = iteration
  })
}
