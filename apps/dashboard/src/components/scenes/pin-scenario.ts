import { mostScenarios, pinned } from '../../document/scenes.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { suggestedName } from '../../state/suggested-name.ts'
import { editableNumber } from '../controls/format-number.ts'

/** Keeps the present state as a scenario of its own, and says so; where there is no room, nothing is done and said. */
export function pinScenario(dashboard: Dashboard): string {
  const { scenario, opened, desk } = dashboard
  if (desk.peek().scenarios.length >= mostScenarios) return ''
  const name = suggestedName(scenario.peek(), opened.peek(), editableNumber)
  const before = new Set(desk.peek().scenarios.map(({ id }) => id))
  dashboard.endStep()
  dashboard.changeDesk('Pin scenario', (present) => pinned(present, name))
  const kept = desk.peek().scenarios.find(({ id }) => !before.has(id))
  return kept ? `Pinned as ${kept.name}` : ''
}
