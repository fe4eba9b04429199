import { sameData } from './fit-data.ts'
import { fitMode } from './fit-run.ts'
import { estimatedNames, type FitSetting, usedErrors } from './fit-setting.ts'

/**
 * Why a result is not that of the present setting, in words; empty where it is. Where the search began is no reason: a fit is to end at
 * the same place.
 */
export function staleFit(made: FitSetting, present: FitSetting | null): string {
  if (present === null || !sameData(present.data, made.data)) return 'the data changed'
  if (present.opened.text !== made.opened.text) return 'the model text changed'
  if (present.scenario.regimen !== made.scenario.regimen) return 'the regimen changed'
  if (fitMode(present) !== fitMode(made)) return 'subjects together or each alone changed'
  const [before, after] = [estimatedNames(made), estimatedNames(present)]
  const freed = after.filter((name) => !before.includes(name))
  if (freed.length > 0) return `${freed.join(', ')} ${freed.length === 1 ? 'is' : 'are'} free now`
  const fixed = before.filter((name) => !after.includes(name))
  if (fixed.length > 0) return `${fixed.join(', ')} ${fixed.length === 1 ? 'is' : 'are'} fixed now`
  const held = [...present.opened.defaults.keys()].filter(
    (name) => !after.includes(name) && valueIn(made, name) !== valueIn(present, name),
  )
  if (held.length > 0) return `${held.join(', ')} changed`
  if (!sameValues(made.scenario.inputs, present.scenario.inputs)) return 'inputs of the model changed'
  const bounded = after.filter((name) => {
    const [a, b] = [made.choices.bounds[name], present.choices.bounds[name]]
    return a?.lower !== b?.lower || a?.upper !== b?.upper
  })
  if (bounded.length > 0) return `bounds of ${bounded.join(', ')} changed`
  if (JSON.stringify(errorsOf(made)) !== JSON.stringify(errorsOf(present))) return 'the error model changed'
  const [a, b] = [made.choices.fit, present.choices.fit]
  if (a.blq !== b.blq) return 'the method for values below quantification changed'
  return ''
}

function errorsOf(setting: FitSetting): unknown {
  const used = usedErrors(setting)
  return used.kind === 'chosen' ? [...used.errors] : used.kind
}

function valueIn({ scenario, opened }: FitSetting, name: string): number | undefined {
  return scenario.parameters[name] ?? opened.defaults.get(name)
}

function sameValues(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
