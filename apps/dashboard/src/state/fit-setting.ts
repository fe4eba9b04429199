import type { Desk } from '../document/desk.ts'
import type { ResidualError } from '../document/fit-choices.ts'
import type { Scenario } from '../document/scenario.ts'
import { dataCounts, type FitData } from './fit-data.ts'
import type { OpenedModel } from './opened-model.ts'
import { chosenEndpoint, errorParameterNames, type NamedEndpoint, textEndpoints } from './text-errors.ts'

/** What a fit is made from: all of it is in the document, but for the data. */
export interface FitSetting {
  readonly opened: OpenedModel
  readonly scenario: Scenario
  readonly choices: Pick<Desk, 'fixed' | 'bounds' | 'fit'>
  readonly data: FitData
}

/** How the residual errors of a fit come about. */
export type UsedErrors =
  | { readonly kind: 'given' }
  | { readonly kind: 'text'; readonly endpoints: readonly NamedEndpoint[] }
  | { readonly kind: 'chosen'; readonly errors: ReadonlyMap<string, ResidualError> }

/** The errors of the text stand while none is chosen; a quantity for which none is chosen then has a log-normal one. */
export function usedErrors({ opened, choices, data }: FitSetting): UsedErrors {
  if (data.kind === 'medians') return { kind: 'given' }
  const { quantities } = dataCounts(data)
  const { errors } = choices.fit
  const isChosen = quantities.some((quantity) => errors[quantity] !== undefined)
  const lines = textEndpoints(opened.model)
  const own = lines?.filter(({ endpoint }) => quantities.includes(endpoint.quantity))
  if (!isChosen && lines && own?.length === quantities.length) return { kind: 'text', endpoints: lines }
  return { kind: 'chosen', errors: new Map(quantities.map((quantity) => [quantity, errors[quantity] ?? 'log'])) }
}

/** Names of the parameters that a fit estimates beside residual errors of its own, in the order of the model. */
export function estimatedNames(setting: FitSetting): readonly string[] {
  const { opened, choices, data } = setting
  const fixed = new Set(choices.fixed)
  const errors = errorParameterNames(opened.model)
  const usesText = usedErrors(setting).kind === 'text'
  const free = opened.model.parameters
    .filter(({ kind, name }) => kind === 'parameter' && !fixed.has(name) && (usesText || !errors.has(name)))
    .map(({ name }) => name)
  const usual = data.kind === 'medians' ? data.parts.estimated : (opened.fitting?.estimated ?? [])
  const first = usual.map(({ name }) => name).filter((name) => free.includes(name))
  return [...first, ...free.filter((name) => !first.includes(name))]
}

/** Where the sliders are. */
export function startOf({ opened, scenario }: FitSetting, name: string): number {
  return scenario.parameters[name] ?? opened.defaults.get(name) ?? Number.NaN
}

/** How many standard deviations a fit estimates that are no parameters of the text. */
export function residualCount(setting: FitSetting): number {
  const errors = usedErrors(setting)
  if (errors.kind !== 'chosen') return 0
  return [...errors.errors].reduce((sum, [name, error]) => sum + chosenEndpoint(name, error, 1).residuals.length, 0)
}

/** Starts as the sliders stand, with bounds that were given. */
export function givenStarts(
  setting: FitSetting,
): readonly { readonly name: string; readonly start: number; readonly lower: number; readonly upper: number }[] {
  return estimatedNames(setting).flatMap((name) => {
    const bounds = setting.choices.bounds[name]
    return bounds ? [{ name, start: startOf(setting, name), ...bounds }] : []
  })
}
