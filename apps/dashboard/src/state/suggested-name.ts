import type { Scenario } from '../document/scenario.ts'
import type { OpenedModel } from './opened-model.ts'

/** Most parameters that a name tells. */
const mostTold = 2

/** A name for a scenario that has got none yet: what differs from the model as it was opened. Its own name where it has one. */
export function suggestedName(
  { name, parameters, regimen, horizon, inputs }: Scenario,
  opened: Pick<OpenedModel, 'regimen' | 'horizon'>,
  format: (value: number) => string,
): string {
  if (!/^Scenario \d+$/.test(name)) return name
  const changes = Object.entries(parameters).map(([parameter, value]) => `${parameter} = ${format(value)}`)
  if (changes.length > 0) {
    const rest = changes.length - mostTold
    return `${changes.slice(0, mostTold).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  }
  if (regimen !== opened.regimen) return regimen.doses.length === 0 ? 'No doses' : 'Other doses'
  const isFirst = horizon === opened.horizon && Object.keys(inputs).length === 0
  return isFirst ? 'As in the model' : name
}
