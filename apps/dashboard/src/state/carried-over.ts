import type { Scenario } from '../document/scenario.ts'
import { keptRules } from '../regimen/kept-rules.ts'
import { withRules } from '../regimen/regimen-edits.ts'
import type { OpenedModel } from './opened-model.ts'

/**
 * What was chosen for one text, for the next: inputs, doses and rules whose names are still there, parameters whose value in the
 * text is still the same, and the horizon where the unit of time is.
 */
export function carriedOver(before: OpenedModel, scenario: Scenario, next: OpenedModel): Scenario {
  const levelsOf = (opened: OpenedModel): ReadonlyMap<string, string> =>
    new Map(opened.inputs.map(({ name, levels }) => [name, levels.join('\n')]))
  const known = levelsOf(before)
  const wanted = levelsOf(next)
  const states = new Set(next.model.states.map(({ name }) => name))
  const kept = (values: Readonly<Record<string, number>>, isKept: (name: string) => boolean): Record<string, number> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => isKept(name)))
  const { regimen } = scenario
  const rules = keptRules(regimen.rules ?? [], next.model)
  return {
    ...scenario,
    horizon: next.timeUnit === before.timeUnit ? scenario.horizon : next.horizon,
    regimen: withRules({ ...regimen, doses: regimen.doses.filter(({ cmt }) => states.has(cmt)) }, rules),
    inputs: kept(scenario.inputs, (name) => wanted.has(name) && wanted.get(name) === known.get(name)),
    parameters: kept(
      scenario.parameters,
      (name) => next.defaults.has(name) && next.defaults.get(name) === before.defaults.get(name),
    ),
  }
}
