import type { Comparison } from '../../document/desk.ts'
import { activated, duplicated, mostScenarios, removed } from '../../document/scenes.ts'
import { pinScenario } from '../scenes/pin-scenario.ts'
import type { Command } from './command.ts'
import type { PageParts } from './page-parts.ts'

const comparisons = [
  ['overlay', 'over one another'],
  ['multiples', 'side by side'],
  ['difference', 'as difference to the reference'],
] as const satisfies readonly (readonly [Comparison, string])[]

/** Keeping, choosing and comparing scenarios, and taking changes back. `tell` says what became of one. */
export function scenarioCommands({ dashboard }: PageParts, tell: (text: string) => void): readonly Command[] {
  const { scenarios, active, comparison } = dashboard.desk.peek()
  const group = 'Scenarios'
  const hasRoom = scenarios.length < mostScenarios
  return [
    ...(hasRoom
      ? [
          { title: 'Pin as scenario', group, keys: 'P', run: () => tell(pinScenario(dashboard)) },
          {
            title: 'Duplicate scenario',
            group,
            run: () => dashboard.changeDesk('Duplicate scenario', (desk) => duplicated(desk, desk.active)),
          },
        ]
      : []),
    ...scenarios
      .filter(({ id }) => id !== active)
      .map(({ id, name }) => ({
        title: `${name}: put under the sliders`,
        group,
        run: () => dashboard.changeDesk(`Scenario ${name}`, (desk) => activated(desk, id)),
      })),
    ...(scenarios.length > 1
      ? [
          {
            title: `Remove ${dashboard.scenario.peek().name}`,
            group,
            run: () => dashboard.changeDesk('Remove scenario', (desk) => removed(desk, desk.active)),
          },
        ]
      : []),
    ...comparisons
      .filter(([id]) => id !== comparison)
      .map(([id, words]) => ({
        title: `Compare ${words}`,
        group,
        run: () =>
          dashboard.changeDesk(`Compare ${words}`, (desk) => ({
            ...desk,
            comparison: id,
          })),
      })),
  ]
}
