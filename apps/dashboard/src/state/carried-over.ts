import type { Project } from './project.ts'
import { firstScenario, type Scenario } from './scenario.ts'

/**
 * What was chosen for one text, for the next: inputs and doses whose names are still there, parameters whose value in the
 * text is still the same, and the horizon where the unit of time is.
 */
export function carriedOver(before: Project, scenario: Scenario, next: Project): Scenario {
  const levelsOf = (project: Project): ReadonlyMap<string, string> =>
    new Map(project.inputs.map(({ name, levels }) => [name, levels.join('\n')]))
  const known = levelsOf(before)
  const wanted = levelsOf(next)
  const states = new Set(next.model.states.map(({ name }) => name))
  const kept = (values: Readonly<Record<string, number>>, isKept: (name: string) => boolean): Record<string, number> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => isKept(name)))
  return {
    ...firstScenario(next),
    ...(next.timeUnit === before.timeUnit && { horizon: scenario.horizon }),
    doses: scenario.doses.filter(({ cmt }) => states.has(cmt)),
    inputs: kept(scenario.inputs, (name) => wanted.has(name) && wanted.get(name) === known.get(name)),
    parameters: kept(
      scenario.parameters,
      (name) => next.defaults.has(name) && next.defaults.get(name) === before.defaults.get(name),
    ),
  }
}
