import type { Model } from '@cartkin/model'
import type { StartState } from '@cartkin/simulation'
import { type PlannedStart, startStateOf } from '@cartkin/studies'
import { BadInput, Misuse } from '../failure.ts'
import { toNamedNumber, toOneOf, toText } from './convert.ts'
import { type OptionValues, optional, repeated } from './option.ts'

/** The kind of state in which runs begin; a command gives the option its name. */
export const startKindOption = optional(
  'given|burn-in|steady-state',
  'State in which runs begin: x(0) of the text with --start-values, after --burn-in, or at rest without treatment',
  toOneOf('given', 'burn-in', 'steady-state'),
)

type StartKind = 'given' | 'burn-in' | 'steady-state' | undefined

/** Options of every command that begins runs, beside `startKindOption`. */
export const startOptionTable = {
  'start-values': repeated('STATE=NUMBER', 'Amounts at the start in place of those of the text', toNamedNumber),
  'burn-in': optional('TIME', 'How long the untreated model runs before the start: 200, or 200 day', toText),
}

/** The start as a plan says it; throws Misuse for what does not go together. `option`: the name of the kind's option. */
export function plannedStart(
  start: StartKind,
  { 'start-values': list, 'burn-in': burnIn }: OptionValues<typeof startOptionTable>,
  option = '--start',
): PlannedStart | undefined {
  const kind = start ?? (burnIn === undefined ? 'given' : 'burn-in')
  if (start === 'given' && list.length === 0)
    throw new Misuse(`${option} given needs --start-values, such as --start-values B=100`)
  if (kind === 'burn-in' && burnIn === undefined)
    throw new Misuse(`${option} burn-in needs how long, such as --burn-in 200`)
  if (kind !== 'burn-in' && burnIn !== undefined)
    throw new Misuse(`--burn-in stands beside ${option} ${kind}; give one of the two`)
  const twice = list.find(([name], k) => list.findIndex(([other]) => other === name) < k)
  if (twice !== undefined) throw new Misuse(`--start-values gives ${twice[0]} twice`)
  if (list.length === 0 && kind === 'given') return undefined
  return {
    ...(list.length > 0 && { values: Object.fromEntries(list) }),
    ...(burnIn !== undefined && { burnIn }),
    ...(kind === 'steady-state' && { at: kind }),
  }
}

/** The state in which runs begin; empty where nothing is asked for. */
export function startOption(
  start: StartKind,
  given: OptionValues<typeof startOptionTable>,
  model: Model,
): { readonly startState?: StartState } {
  try {
    const startState = startStateOf(plannedStart(start, given), model)
    return startState === undefined ? {} : { startState }
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput(`--burn-in ${given['burn-in']}: ${error.message}`)
    throw error
  }
}
