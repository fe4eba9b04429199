import type { Model, Parameter } from '@cartkin/model'
import type { ParameterGroup, ParameterInfo } from './opened-model.ts'

/** What a list shows of a parameter, without evidence. */
export function parameterInfo(
  { name, label, unit, value, lower, upper, transform }: Parameter,
  deviation?: number,
): ParameterInfo {
  return { name, label, unit, value, lowest: lower, highest: upper, transform, deviation, evidence: null }
}

/** Groups the parameters of a text without notes by what they are; inputs are not among them. */
export function parameterGroups(model: Model): readonly ParameterGroup[] {
  const errors = new Set(model.errorModels.flatMap((error) => Object.values(error).flatMap(argumentNames)))
  const deviations = new Map(
    model.omega.flatMap(({ names, lower }) => names.map((name, k) => [name, Math.sqrt(lower[diagonal(k)] ?? 0)])),
  )
  const hasIni = model.parameters.some(({ inIni }) => inIni)
  const groupOf = ({ name, kind, inIni }: Parameter): string => {
    if (kind === 'eta') return 'Random effects'
    if (errors.has(name)) return 'Residual error'
    return inIni || !hasIni ? 'Parameters' : 'Constants'
  }
  const shown = model.parameters.filter(({ kind }) => kind !== 'covariate')
  return ['Parameters', 'Constants', 'Random effects', 'Residual error']
    .map((name) => ({
      name,
      open: name === 'Parameters',
      parameters: shown
        .filter((parameter) => groupOf(parameter) === name)
        .map((parameter) => parameterInfo(parameter, deviations.get(parameter.name))),
    }))
    .filter(({ parameters }) => parameters.length > 0)
}

/** Index of the k-th diagonal element of a lower triangle by rows. */
function diagonal(k: number): number {
  return (k * (k + 3)) / 2
}

/** The parameters in a part of a residual error. */
function argumentNames(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  if ('kind' in part && part.kind === 'parameter' && 'name' in part) return [String(part.name)]
  return Object.values(part).flatMap(argumentNames)
}
